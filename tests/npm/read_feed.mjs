// What other people's readers find in a feed, as JSON: node read_feed.mjs feed.xml
// podcast-partytime reads the podcast namespace, feedsmith that and Podlove Simple Chapters. "item" and "channels" are
// all that each of them found.
import { readFileSync } from "node:fs";
import { parseFeed as parseAny } from "feedsmith";
import { parseFeed as parsePodcast } from "podcast-partytime";

const xml = readFileSync(process.argv[2], "utf8");
const { items: podcastItems, ...podcastChannel } = parsePodcast(xml);
const { items: anyItems, ...anyChannel } = parseAny(xml).feed;
const partytime = podcastItems.map((item) => ({
  guid: item.guid,
  chapters: item.podcastChapters ?? null,
  transcripts: item.podcastTranscripts ?? [],
  item,
}));
const feedsmith = anyItems.map((item) => ({
  guid: item.guid.value,
  chapters: item.podcast?.chapters ?? null,
  simple: item.psc?.chapters ?? [],
  item,
}));
const channels = { partytime: podcastChannel, feedsmith: anyChannel };
process.stdout.write(JSON.stringify({ partytime, feedsmith, channels }));
