"""Time and memory of the main job beside alternatives. Start with bench_episode.py; `make bench` runs it."""
