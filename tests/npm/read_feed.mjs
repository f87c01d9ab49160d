// What other people's readers find in a feed, as JSON: node read_feed.mjs feed.xml
// podcast-partytime reads the podcast namespace, feedsmith that and Podlove Simple Chapters.
import { readFileSync } from "node:fs";
import { parseFeed as parseAny } from "feedsmith";
import { parseFeed as parsePodcast } from "podcast-partytime";

const xml = readFileSync(process.argv[2], "utf8");
const partytime = parsePodcast(xml).items.map(({ guid, podcastChapters, podcastTranscripts }) => ({
  guid,
  chapters: podcastChapters ?? null,
  transcripts: podcastTranscripts ?? [],
}));
const feedsmith = parseAny(xml).feed.items.map(({ guid, podcast, psc }) => ({
  guid: guid.value,
  chapters: podcast?.chapters ?? null,
  simple: psc?.chapters ?? [],
}));
process.stdout.write(JSON.stringify({ partytime, feedsmith }));
