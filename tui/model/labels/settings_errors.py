"""What is said of the settings, keys, access token, editor and files that a person set up."""

from typing import Final

# config/editor
EDITOR_ENDED_WITH: Final = "{editor} ended with code {code}."
BELOW_SCISSORS_LEFT_OUT: Final = "What was written below the scissors line was left out."
EDITOR_ENDED_BY_SIGNAL: Final = "{editor} was ended by signal {signal}."
SCISSORS_GONE: Final = "The scissors line was gone: check that nothing quoted is left."
EDITOR_IS_EMPTY: Final = "Could not start {editor}: it is empty."
NOT_A_FILE_ANY_MORE: Final = "{path} is not a file any more"
EDITOR_QUOTE_NOT_CLOSED: Final = "Could not start {editor}: a quote in it is not closed."
EDITOR_NOT_STARTED: Final = "Could not start {editor}: {why}."
EDITOR_NOT_STARTED_SET_ONE: Final = "Could not start {editor}: {why}. Set EDITOR."
NO_SUCH_PROGRAM: Final = "no such program"
NOT_EXECUTABLE: Final = "not executable"

# config/endpoint
ADDRESS_CHARACTERS: Final = "base_url {address} holds spaces, backslashes or characters other than ASCII."
ADDRESS_MUST_START: Final = "base_url {address} must start with https://."
ADDRESS_NAMES_NO_HOST: Final = "base_url {address} names no host."
ADDRESS_NAMES_NO_VALID_HOST: Final = "base_url {address} names no valid host."
ADDRESS_HOLDS_QUERY: Final = "base_url {address} must not hold a query or a fragment."
ADDRESS_MUST_BE_HTTPS: Final = "base_url {address} must be https: over http the token would travel in clear."
NOT_AN_ADDRESS: Final = "base_url {address} is not an address: {reason}."
ADDRESS_HOLDS_A_USER: Final = "base_url must not hold a user or password; the token alone says who you are."

# config/errors
DID_YOU_MEAN: Final = " (did you mean {likely}?)"

# config/keymap
KEY_USE_LETTER: Final = "{key} is not delivered by terminals; use ctrl with a letter."
KEY_USE_CHARACTER: Final = "{key} is not delivered by terminals; write the character that it types."
KEYS_TOO_MANY: Final = "{keys} is more than four keys in a row."
NOT_A_KEY: Final = "{key} is not a key."
NOT_A_KEY_BUT: Final = "{key} is not a key{hint}."
KEY_USE_ONE: Final = "{key} is not delivered by every terminal; use ctrl with one key."
KEY_SAME_AS: Final = "{key} is what terminals send for {same}; write {same}."
KEY_USE_ALT_LETTER: Final = "{key} is not delivered by every terminal; use alt with a letter or digit."
KEY_OF_BOTH: Final = (
    "{key} is the key of both {other} and {command} in {context}; give one of them another key in [keys]."
)
KEY_KEPT_BY_TERMINAL: Final = "{key} is not delivered by terminals: they keep {modifier} for themselves."
KEY_AFTER_ANOTHER: Final = "{key} is not a key; for one key after another write {keys!r}."
KEY_NEVER_TYPED: Final = (
    "{key} runs {command} in {context}, so {longer} for {other} could never be typed; give one of them another key."
)
NO_COMMAND: Final = "[keys] there is no command {command}{hint}."
KEY_NAME_IS_EMPTY: Final = "a key name is empty; write space for the space bar."

# config/owner
WRITABLE_BY_OTHERS: Final = (
    "The {what} {path} can be written by others (mode {mode:04o}): check that it is unchanged, then run: chmod "
    "go-w {quoted}"
)
CANNOT_BE_LOOKED_AT: Final = "The {what} {path} cannot be looked at: {reason}."
OF_ANOTHER_USER: Final = (
    "The {what} {path} belongs to another user ({owner}): if it is yours, run: sudo chown -h {me} {quoted}"
)

# config/paths
NOT_A_PROFILE_NAME: Final = (
    "{name!a} cannot name a profile: use up to 64 letters, digits, dots, underscores and hyphens."
)

# config/report
REPORT_VERSIONS: Final = "{program} {version}, Textual {textual}, Python {python} on {system} {release}"
LOGGED_BY: Final = "logged by {name}"

# config/resolve
NO_SETTINGS_FILE: Final = "There is no settings file {path}."
NO_ACCESS_FILE: Final = "The token file does not exist: {path}."

# config/settings
MUST_BE_ONE_OF: Final = "must be one of {choices}{hint}"
NO_PROFILE: Final = "{file}: there is no [profile.{profile}]{hint}."
DEFAULT_PROFILE_IS_TEXT: Final = "{file}: default_profile must be text."
MUST_BE_A_TABLE: Final = "{file}: {name} must be a table, [{name}]."
MUST_BE: Final = "must be {kinds} {limit}"
PROFILE_MUST_BE_A_TABLE: Final = "{file}: [profile] {name} must be a table, [{table}]."
MUST_BE_KEYS: Final = "{file}: [keys] {command} must be a key or a list of keys, as text."
FILE_CANNOT_BE_READ: Final = "{path} cannot be read: {reason}."
FILE_NOT_UTF8: Final = "{path} is not UTF-8 (byte {at})."
FILE_NOT_TOML: Final = "{file} is not valid TOML: {reason}."
NESTED_TOO_DEEPLY: Final = "{file} is nested too deeply."
HAS_NO_KEY: Final = "{file}: [{table}] has no key {key}{hint}."
TIMEZONE_NOT_KNOWN: Final = "{file}: [{table}] timezone {name!a} is not known; write it as Europe/Berlin or UTC."
MUST_BE_TEXT: Final = "{file}: [{table}] {key} must be text that is not empty."
KEY_WITHOUT_NAME: Final = "{file}: [{table}] has a key without a name."

# config/timezone
TZ_NAMES_NO_ZONE: Final = "TZ={name!a} names no time zone: times are in UTC."
CANNOT_BE_READ_AS_ZONE: Final = "{path} cannot be read as a time zone: times are in UTC."
NO_TIME_ZONE: Final = "There is no time zone {name!a}: times are in UTC."

# config/token
TRY_THE_DEMO: Final = "{sentence} To look around without one: intercom-tui --demo"
NO_ACCESS: Final = "No access token: {places}."
PLACE_FILE: Final = "a file {path} with mode 0600"
ACCESS_EMPTY: Final = "{source} is empty."
ACCESS_BEARER: Final = "{source} starts with “Bearer ”; keep only what follows it."
ACCESS_TOO_LONG: Final = "{source} is longer than {most} characters, which no access token is."
ACCESS_NOT_ASCII: Final = "{source} holds characters other than ASCII, which no access token does."
ACCESS_HOLDS: Final = "{source} holds {what}, which no access token does."
COMMAND_CANNOT_BE_READ: Final = "token_command cannot be read: {reason}."
COMMAND_TOO_LONG: Final = "token_command ({command}) took longer than {seconds} seconds."
COMMAND_CANNOT_BE_RUN: Final = "token_command ({command}) cannot be run: {reason}."
COMMAND_PRINTS_NONE: Final = "What token_command ({command}) prints is not a token: it is not ASCII."
ACCESS_FILE_CANNOT_BE_READ: Final = "The token file {path} cannot be read: {reason}."
ACCESS_FILE_NOT_REGULAR: Final = "The token file {path} is not a regular file."
ACCESS_FILE_OPEN: Final = "The token file {path} is open to others (mode {mode:04o}); run: chmod 600 {path}"
ACCESS_FILE_OF_ANOTHER: Final = (
    "The token file {path} belongs to another user; if it is yours, run: sudo chown {me} {path}"
)
ACCESS_FILE_NOT_ASCII: Final = "The token file {path} holds characters other than ASCII."
COMMAND_ENDED: Final = "token_command ({command}) ended with {code}."
COMMAND_ENDED_SAYING: Final = "token_command ({command}) ended with {code}: {said}"
WHAT_COMMAND_PRINTS: Final = "what token_command prints"
PLACE_VARIABLE: Final = "set {variable}"
PLACE_COMMAND: Final = "token_command in the profile"
COMMAND_IS_EMPTY: Final = "token_command is empty."

# app/keys/registry
TWO_COMMANDS: Final = "Two commands are called {command}."

# app/run
NO_THEME: Final = "[ui] there is no theme {theme}{hint}."
