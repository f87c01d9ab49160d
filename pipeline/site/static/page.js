// The times of an episode page (#t=61.25) move its player. Without this file they lead to the words in the transcript.
"use strict";

(() => {
  const player = document.querySelector("audio[data-episode]");
  if (!player) return;

  const secondsOf = (hash) => {
    const found = /^#t=(\d+(?:\.\d+)?)$/.exec(hash);
    return found ? Number(found[1]) : null;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#t=']");
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !isPlain) return;
    event.preventDefault();
    player.currentTime = secondsOf(link.hash);
    // Refused where the reader has switched playing off; the position is set all the same.
    player.play().catch(() => {});
    history.replaceState(null, "", link.hash);
  });

  const followAddress = () => {
    const seconds = secondsOf(location.hash);
    if (seconds !== null) player.currentTime = seconds;
  };
  window.addEventListener("hashchange", followAddress);
  followAddress();
})();
