"""A news agency's archive among other sources: its stories one by one."""

from comity.sources.archive import is_message_headline, parse_archive
from comity.sources.incoming.found import Found, Items, Unreadable
from comity.sources.incoming.limits import LARGEST_LIST, read_whole
from comity.sources.refusal import Refused
from comity.sources.stories import describe_refused, read_story

COLUMNS = {"version_id": "story_id", "headline": "headline", "text": "text", "date": "date", "dateline": "dateline", "url": "link"}


def read_stories(stream, name: str) -> Items:
    """The stories of an archive file; see `comity.sources.archive.read_archive`."""
    for index, record in enumerate(parse_archive(read_whole(stream, LARGEST_LIST))):
        try:
            story = read_story(index, record)
        except Refused as error:
            shown = describe_refused(index, record, error.reason, error.remedy)
            yield Unreadable(index, error.reason, error.remedy, {key: shown[key] for key in ("headline", "date", "link", "topics")})
            continue
        fields = {field: story[column] for field, column in COLUMNS.items()} | {"language": "en", "kind": "report"}
        yield Found(index, fields, "utf-8", {}, is_message_headline(story["headline"]))
