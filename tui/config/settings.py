"""The settings file: TOML into typed values, each documented where it is declared.

A missing file means the defaults. Anything the file says that is not known is an error that names the file, the table
and the key: a mistyped setting that is silently ignored would be found out in front of a customer.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from tui.config.endpoint import parse_base_url
from tui.config.errors import ConfigError, did_you_mean
from tui.config.keymap import parse_key
from tui.config.owner import check_file
from tui.config.paths import DEFAULT_PROFILE, check_profile_name
from tui.model.labels import settings_errors
from tui.text.sanitize import clean, clean_line


def _says(text: str) -> Meta:
    return Meta(description=text)


_Seconds = Annotated[int, Meta(ge=0, le=86_400)]
_Days = Annotated[int, Meta(ge=0, le=36_500)]


class Ui(Struct, frozen=True, kw_only=True):
    """[ui]: how the screen looks and behaves."""

    theme: Annotated[str, _says("Colour theme, by name; auto is dark or light as the terminal is.")] = "auto"
    glyphs: Annotated[
        Literal["auto", "unicode", "ascii"],
        _says("Symbols and lines: unicode, ascii for plain terminals and braille displays, auto follows the locale."),
    ] = "auto"
    row: Annotated[
        tuple[Literal["subject", "preview"], ...],
        _says("What stands under the name in a row of the list, in this order: subject, preview (the last message)."),
    ] = ("subject", "preview")
    density: Annotated[
        Literal["compact", "normal", "roomy"],
        _says("Rows of the list: one line, as many as the height allows, or all of them with an empty line between."),
    ] = "normal"
    mouse: Annotated[
        bool, _says("Enable the mouse; costs much on a slow connection and disables terminal selection.")
    ] = False
    low_bandwidth: Annotated[
        Literal["auto", "on", "off"],
        _says("Write fewer bytes: fewer colours, coarse ages, no decoration; auto decides by the connection."),
    ] = "auto"
    advance: Annotated[
        Literal["next", "stay"], _says("Where the cursor goes after closing, snoozing or assigning to someone else.")
    ] = "next"
    confirm_quit: Annotated[bool, _says("Ask before quitting, even when nothing is unsent.")] = False
    preview: Annotated[bool, _says("Show the reply as the customer will see it beneath the composer.")] = False
    age_refresh: Annotated[
        _Seconds, _says("Seconds between updates of the ages in the list; only changed lines are redrawn.")
    ] = 60


class Outbox(Struct, frozen=True, kw_only=True):
    """[outbox]: what happens between a key and the API."""

    undo_seconds: Annotated[
        _Seconds,
        _says(
            "How long replies, notes, closing, snoozing and assigning to someone else wait before they are sent;"
            " undo within that time sends nothing."
        ),
    ] = 5
    settle_seconds: Annotated[
        _Seconds,
        _says(
            "How long a reply or note of unknown delivery (a cut connection, a 5xx) is checked for before it is sent"
            " again; any other action is sent again after 15."
        ),
    ] = 120
    stale_guard: Annotated[
        bool, _says("Hold a reply when a customer or teammate wrote something that was not on your screen.")
    ] = True


class Sync(Struct, frozen=True, kw_only=True):
    """[sync]: how often and how much is fetched."""

    fast_seconds: Annotated[
        Annotated[int, Meta(ge=1, le=86_400)], _says("Seconds between refreshes while you are working.")
    ] = 10
    idle_seconds: Annotated[
        Annotated[int, Meta(ge=1, le=86_400)], _says("Seconds between refreshes when no key was pressed for a while.")
    ] = 60
    page: Annotated[Annotated[int, Meta(ge=1, le=150)], _says("Conversations per request; Intercom allows 150.")] = 150
    keep_days: Annotated[
        _Days, _says("Days after which unchanged closed conversations are deleted from this machine; 0 keeps all.")
    ] = 0
    history_days: Annotated[_Days, _says("How far back the first sync goes for closed conversations.")] = 30


class Log(Struct, frozen=True, kw_only=True):
    """[log]: what the program notes of its own doings, in the folder for logs."""

    level: Annotated[
        Literal["debug", "info", "warning", "error", "off"],
        _says(
            "How much is logged: requests that fail (warning), every request and step of the outbox (info), waiting"
            " (debug). Never a token, a text or a name; --debug means debug."
        ),
    ] = "warning"


class ProfileSettings(Struct, frozen=True, kw_only=True):
    """[profile.NAME]: one workspace and one person."""

    region: Annotated[Literal["us", "eu", "au"], _says("Where the workspace is hosted.")] = "us"
    base_url: Annotated[str, _says("Another API root, for a proxy or a sandbox; https, or http to this machine.")] = ""
    token_command: Annotated[str, _says('A command that prints the token, such as "pass show intercom".')] = ""
    token_env: Annotated[str, _says("An environment variable that holds the token.")] = ""
    admin_id: Annotated[
        str | int, _says("Act as this teammate, when the token belongs to someone else (a shared on-call token).")
    ] = ""
    timezone: Annotated[str, _says("IANA time zone for snoozes and times; empty means this machine's.")] = ""

    @property
    def admin(self) -> str:
        """The admin to act as, "" for the token's owner."""
        return str(self.admin_id)


class Settings(Struct, frozen=True, kw_only=True):
    """All settings. `keys` maps a command id to the keys that run it, in Textual's names."""

    default_profile: str = DEFAULT_PROFILE
    ui: Ui = Ui()
    outbox: Outbox = Outbox()
    sync: Sync = Sync()
    log: Log = Log()
    profiles: dict[str, ProfileSettings] = {}
    views: dict[str, str] = {}
    keys: dict[str, tuple[str, ...]] = {}
    macros: dict[str, str] = {}
    source: str = "config.toml"

    def profile(self, name: str = "") -> ProfileSettings:
        """The profile called `name` (the default one for ""). Raises `ConfigError` when the file has none of that name.

        The profile "default" need not be written down.
        """
        name = name or self.default_profile
        if name in self.profiles:
            return self.profiles[name]
        if name == DEFAULT_PROFILE:
            return ProfileSettings()
        hint = did_you_mean(name, self.profiles)
        raise ConfigError(settings_errors.NO_PROFILE.format(file=self.source, profile=clean_line(name), hint=hint))


class Setting(NamedTuple):
    """One documented setting, for `docs/settings.md`."""

    table: str
    key: str
    default: object
    choices: tuple[str, ...]
    says: str


_TABLES: Mapping[str, type[Struct]] = {"ui": Ui, "outbox": Outbox, "sync": Sync, "log": Log}
_FREE = ("views", "keys", "macros")
_TYPE_NAMES = {"str": "text", "int": "a whole number", "bool": "true or false", "float": "a number"}


def documented() -> Iterator[Setting]:
    """Every setting of a fixed table, with its default and what it does."""
    tables: dict[str, type[Struct]] = {**_TABLES, "profile.NAME": ProfileSettings}
    for table, struct in tables.items():
        hints = get_type_hints(struct, include_extras=True)
        for field in msgspec.structs.fields(struct):
            metas = getattr(hints[field.name], "__metadata__", ())
            says = " ".join([meta.description for meta in metas if isinstance(meta, Meta) and meta.description])
            yield Setting(table, field.name, field.default, _choices(field.type), says)


def load(path: Path) -> Settings:
    """The settings in the file at `path`; the defaults when there is none. Raises `ConfigError`."""
    check_file(path, "settings file", private=False)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Settings(source=str(path))
    except OSError as error:
        raise ConfigError(
            settings_errors.FILE_CANNOT_BE_READ.format(path=path, reason=error.strerror or error)
        ) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(settings_errors.FILE_NOT_UTF8.format(path=path, at=error.start)) from error
    return loads(text, str(path))


def loads(text: str, source: str = "config.toml") -> Settings:
    """The settings in the TOML document `text`, called `source` in errors. Raises `ConfigError`."""
    import tomllib  # only when there is a file

    try:
        document: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(settings_errors.FILE_NOT_TOML.format(file=source, reason=clean_line(str(error)))) from error
    except RecursionError as error:
        raise ConfigError(settings_errors.NESTED_TOO_DEEPLY.format(file=source)) from error
    known = (*_TABLES, "profile", *_FREE, "default_profile")
    for key in document:
        if key not in known:
            what = f"table [{clean_line(key)}]" if isinstance(document[key], dict) else f"key {clean_line(key)}"
            raise ConfigError(f"{source}: unknown {what}{did_you_mean(key, known)}.")
    fixed = {name: _struct(struct, _table(document, name, source), name, source) for name, struct in _TABLES.items()}
    profiles = {name: _profile(name, value, source) for name, value in _table(document, "profile", source).items()}
    default = document.get("default_profile", DEFAULT_PROFILE)
    if not isinstance(default, str):
        raise ConfigError(settings_errors.DEFAULT_PROFILE_IS_TEXT.format(file=source))
    settings = Settings(
        default_profile=check_profile_name(default),
        profiles=profiles,
        views=_texts(document, "views", source),
        keys={name: _keys(name, value, source) for name, value in _table(document, "keys", source).items()},
        macros=_texts(document, "macros", source),
        source=source,
    )
    return msgspec.structs.replace(settings, **fixed)


def _table(document: Mapping[str, object], name: str, source: str) -> dict[str, object]:
    value = document.get(name, {})
    if not isinstance(value, dict):
        raise ConfigError(settings_errors.MUST_BE_A_TABLE.format(file=source, name=name))
    return value


def _struct(struct: type[Struct], table: Mapping[str, object], name: str, source: str) -> Struct:
    fields = {field.name: field for field in msgspec.structs.fields(struct)}
    values: dict[str, object] = {}
    for key, value in table.items():
        field = fields.get(key)
        if field is None:
            raise ConfigError(
                settings_errors.HAS_NO_KEY.format(
                    file=source, table=name, key=clean_line(key), hint=did_you_mean(key, fields)
                )
            )
        try:
            values[key] = msgspec.convert(value, field.type)
        except msgspec.ValidationError as error:
            raise ConfigError(f"{source}: [{name}] {key} {_wants(field.type, value, error)}.") from error
    return struct(**values)


def _wants(declared: object, value: object, error: msgspec.ValidationError) -> str:
    choices = _choices(declared)
    if choices:
        shown = value if isinstance(value, str) else None
        hint = did_you_mean(shown, choices) if shown else ""
        return settings_errors.MUST_BE_ONE_OF.format(choices=", ".join(choices), hint=hint)
    said = str(error)
    expected = said.removeprefix("Expected `").partition("`")
    kinds = " or ".join([_TYPE_NAMES.get(kind.strip(), kind.strip()) for kind in expected[0].split("|")])
    limit = expected[2].partition(",")[0].strip()
    return settings_errors.MUST_BE.format(kinds=kinds, limit=limit).rstrip()


def _choices(declared: object) -> tuple[str, ...]:
    while get_origin(declared) is Annotated:
        declared = get_args(declared)[0]
    return tuple([str(choice) for choice in get_args(declared)]) if get_origin(declared) is Literal else ()


def _profile(name: str, value: object, source: str) -> ProfileSettings:
    try:
        check_profile_name(name)
    except ConfigError as error:
        raise ConfigError(f"{source}: [profile] {error}") from error
    where = f"profile.{name}"
    if not isinstance(value, dict):
        raise ConfigError(settings_errors.PROFILE_MUST_BE_A_TABLE.format(file=source, name=name, table=where))
    profile = _struct(ProfileSettings, value, where, source)
    assert isinstance(profile, ProfileSettings)  # noqa: S101 - for the type checker: _struct makes what it is given
    if profile.base_url:
        try:
            parse_base_url(profile.base_url)
        except ConfigError as error:
            raise ConfigError(f"{source}: [{where}] {error}") from error
    if profile.timezone:
        _check_zone(profile.timezone, where, source)
    return profile


def _check_zone(name: str, where: str, source: str) -> None:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # unknown, not a name, a directory of zones
        raise ConfigError(settings_errors.TIMEZONE_NOT_KNOWN.format(file=source, table=where, name=name)) from error


def _texts(document: Mapping[str, object], name: str, source: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for key, value in _table(document, name, source).items():
        if not isinstance(value, str) or not value.strip():
            raise ConfigError(settings_errors.MUST_BE_TEXT.format(file=source, table=name, key=clean_line(key)))
        label = clean_line(key)
        if not label:
            raise ConfigError(settings_errors.KEY_WITHOUT_NAME.format(file=source, table=name))
        out[label] = clean(value)
    return out


def _keys(command: str, value: object, source: str) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ConfigError(settings_errors.MUST_BE_KEYS.format(file=source, command=clean_line(command)))
    try:
        return tuple([parse_key(name) for name in names])
    except ConfigError as error:
        raise ConfigError(f"{source}: [keys] {clean_line(command)}: {error}") from error
