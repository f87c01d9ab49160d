"""Floor 4: a show on disk. Where everything lies, what its author wrote into its files, and one build at a time.

A folder holds one show, or several: the main one of show.toml, and one for each shows/NAME.toml. ``opening`` finds and
opens one of them, ``settings`` reads its files strictly, ``folder`` is where it lies, ``names`` says which there are,
``beside`` tells of the others, ``secrecy`` keeps the token of a private one, ``editing`` writes a new address.
"""

from pipeline.project.beside import shows_beside
from pipeline.project.editing import write_base_url
from pipeline.project.folder import LEXICON_FILE, SHOW_FILE, SHOWS_FOLDER, Project, lexicon_file_of, settings_file_of
from pipeline.project.names import name_of_source, require_name, show_names
from pipeline.project.opening import find_root, open_chosen, open_project
from pipeline.project.settings import load_lexicon, load_settings, load_show_settings, require_web_address

__all__ = [
    "LEXICON_FILE",
    "SHOWS_FOLDER",
    "SHOW_FILE",
    "Project",
    "find_root",
    "lexicon_file_of",
    "load_lexicon",
    "load_settings",
    "load_show_settings",
    "name_of_source",
    "open_chosen",
    "open_project",
    "require_name",
    "require_web_address",
    "settings_file_of",
    "show_names",
    "shows_beside",
    "write_base_url",
]
