"""audio-edition: written analyses in, narrated podcast episodes and their feed out.

Read the house from the top: ``pipeline/cli`` calls ``pipeline/workflow.py``, which names every stage in order.
"""

__version__ = "0.1.0"
