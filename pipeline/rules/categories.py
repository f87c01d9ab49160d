"""Floor 2: Apple's categories, 19 with 91 subcategories, which every other directory reads too.

Source: podcasters.apple.com/support/1691-apple-podcasts-categories (feeds.md 1.2, A14).
"""

from difflib import get_close_matches

#: Each category and its subcategories, in Apple's own spelling.
CATEGORIES: dict[str, tuple[str, ...]] = {
    "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
    "Business": ("Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "History": (),
    "Health & Fitness": (
        *("Alternative Health", "Fitness", "Medicine", "Mental Health"),
        *("Nutrition", "Sexuality"),
    ),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        *("Animation & Manga", "Automotive", "Aviation", "Crafts"),
        *("Games", "Hobbies", "Home & Garden", "Video Games"),
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        *("Business News", "Daily News", "Entertainment News", "News Commentary"),
        *("Politics", "Sports News", "Tech News"),
    ),
    "Religion & Spirituality": (
        *("Buddhism", "Christianity", "Hinduism", "Islam"),
        *("Judaism", "Religion", "Spirituality"),
    ),
    "Science": (
        *("Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics"),
        *("Natural Sciences", "Nature", "Physics", "Social Sciences"),
    ),
    "Society & Culture": ("Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"),
    "Sports": (
        *("Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey", "Rugby"),
        *("Running", "Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness", "Wrestling"),
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}

#: Every name as show.toml writes it: "News", "News > Politics".
NAMES: tuple[str, ...] = tuple(
    name for outer, inners in CATEGORIES.items() for name in (outer, *(f"{outer} > {inner}" for inner in inners))
)


def category_name(category: str) -> str:
    """``category`` with one blank on either side of its >."""
    return " > ".join(part.strip() for part in category.split(">"))


def nearest_category(category: str) -> str:
    """The name of Apple's list that ``category`` most probably means, empty if it is like none."""
    wanted = category_name(category).casefold()
    full = {name.casefold(): name for name in NAMES}
    # "Politics" alone means "News > Politics"; a full name goes before the last part of another.
    spelt = {name.rpartition(" > ")[2].casefold(): name for name in NAMES} | full
    return next((spelt[near] for near in get_close_matches(wanted, spelt, n=1, cutoff=0.6)), "")
