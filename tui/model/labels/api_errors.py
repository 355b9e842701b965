"""What is said of Intercom's answers, of those of others on the way, and of the connection."""

from typing import Final

# api/coercion
DOES_NOT_FIT: Final = "{path}: {kind} does not fit"

# api/companies
NO_COMPANY: Final = "There is no company with that ID."

# api/conversations
TOO_MANY_ATTACHMENTS: Final = "A message carries at most {most} attachments."

# api/decoding
CUT_SHORT_OR_NOT_JSON: Final = "Intercom's answer was cut short or is not JSON."
EMPTY_ANSWER: Final = "Intercom's answer was empty where one was expected."
WEB_PAGE: Final = "Intercom's answer was a web page (a proxy or a wrong address?)."
HOLDS_TOO_MUCH: Final = "Intercom's answer holds far more than any answer may."
HOLDS_NO: Final = "Intercom's answer holds no {noun}."
HOLDS_NO_LIST: Final = "Intercom's answer holds no list of {nouns}."

# api/download
FILE_SERVER_ANSWERED: Final = "The file's server answered {status}."
FILE_REDIRECTS_ENDLESSLY: Final = "The file's address redirects endlessly."
FILE_EXPIRED: Final = "The link to the file has expired; refresh the conversation (R) and try again."
FILE_TOO_LARGE: Final = "The file is larger than {megabytes} MB and was not saved."
FILE_ADDRESS_NOT_SAFE: Final = "The file's address is not safe to open."
FILE_BROKE_OFF: Final = "{host} broke off in the middle of the file."
PROXY_NO_SOCKS: Final = "The proxy set in {proxy} does not speak SOCKS."
THE_FILES_SERVER: Final = "The file's server"

# api/environment
PROXY_KIND: Final = (
    "{name} names a proxy of a kind that is not supported ({shown}): use http://, https:// or socks5://, or unset it."
)
CERT_FILE_NOT_READ: Final = "SSL_CERT_FILE names a file that cannot be read ({reason}): correct or unset it."
PROXY_ADDRESS: Final = "{name} is not the address of a proxy (http://HOST:PORT is one): correct or unset it."
NO_CERTIFICATE: Final = "{name} holds no certificate that can be read: correct or unset it."
CERT_FILE_NOT_USED: Final = "{name} names a file that cannot be used ({reason}): correct or unset it."
NO_CERT_DIR: Final = (
    "SSL_CERT_DIR names no directory of certificates (files called as “openssl rehash” does): correct or unset it."
)
NOT_A_PATH: Final = "not a path"
IS_A_DIRECTORY: Final = "it is a directory"
IS_NOT_A_FILE: Final = "it is not a file"
PERMISSION_DENIED: Final = "permission denied"
OWN_CERTIFICATES: Final = "The program's list of certificates"
SOMETHING_ELSE: Final = "something else"
NETWORK_SETTINGS: Final = "the system's network settings"

# api/error_messages
STATUS_400: Final = "Intercom did not understand the request."
STATUS_401: Final = "Intercom does not accept this access token."
STATUS_403: Final = "This access token is not allowed to do that."
STATUS_404: Final = "Intercom has nothing with that ID."
STATUS_409: Final = "Intercom rejected it: it conflicts with existing data."
STATUS_422: Final = "Intercom rejected it: something in the request is not valid."
STATUS_429: Final = "Intercom's rate limit is reached."
STATUS_500: Final = "Intercom failed (500)."
STATUS_502: Final = "Intercom could not be reached behind its gateway (502)."
STATUS_503: Final = "Intercom is not available (503)."
STATUS_504: Final = "Intercom did not answer its gateway in time (504)."
CONNECTION_BROKE: Final = "The connection to {host} broke."
PROXY_BROKE_OFF: Final = "{proxy} broke the connection off."
REDIRECTS_ELSEWHERE: Final = (
    "{host} redirects to {where}, where the token is not sent: is there a login page or a proxy on the way, or "
    "is the address or region wrong?"
)
STATUS_WITHOUT_REASON: Final = "Intercom answered {status} without a reason."
CERTIFICATES_SET_IN: Final = "; trusted certificates are set in {variable}"
NO_ANSWER_WITHIN: Final = "{host} did not answer within {seconds:.0f} seconds."
TOOK_TOO_LONG: Final = "{host} took too long to answer."
CANNOT_BE_REACHED: Final = "{host} cannot be reached."
COMPRESSED_NOT_READ: Final = "{host} sent a compressed answer that cannot be read."
PROXY_DOES_NOT_ALLOW: Final = "{proxy} does not allow connections to {host} ({reason})."
PROXY_NOT_IN_TIME: Final = "{proxy} did not answer in time."
REQUIRES_HTTPS: Final = "{host} requires https: begin its address with https://."
REDIRECTS_TO_ITSELF: Final = "{host} redirects to another of its own addresses: is the API's address complete?"
REDIRECTS_TO_REGION: Final = "{host} redirects to {where}, where the token is not sent: is the region right?"
THE_PROXY: Final = "The proxy set in {proxy}"
NOT_VERIFIED: Final = "{host} could not be verified (TLS{certificates})."
CANNOT_RESOLVE: Final = "Cannot resolve {host}. Check the network connection."
PROXY_NOT_VERIFIED: Final = "{host} could not be verified, or {proxy} does not (TLS{certificates})."
PROXY_NOT_FOUND: Final = "{proxy} cannot be found: correct or unset it."
PROXY_NOT_REACHED: Final = "{proxy} cannot be reached: correct or unset it."
NO_REASON_GIVEN: Final = "no reason given"

# api/errors
NO_REASON: Final = "Intercom's answer gave no reason."
TRY_ANOTHER_REGION: Final = "{sentence} Try {region} if the workspace is hosted there."
REJECTED_BY: Final = "rejected by {host}"

# api/failures
AFTER_IT_WAS_SENT: Final = "{what}, after the request was sent."
NOT_INTERCOM: Final = "Not Intercom's answer: {host} sent {what}. Is there a login page, filter or proxy on the way?"
TRY_AGAIN_IN: Final = "{what}: try again in {minutes:,} minutes."
ACCESS_REJECTED: Final = "Access token rejected by {host} ({reason}). Check the token and region."
CUT_OFF: Final = "Intercom's answer was cut off."
ANSWERED: Final = "Intercom answered {status}."
ANOTHER_ADDRESS: Final = "another address"

# api/foreign
WEB_PAGE_CALLED: Final = "a web page (“{title}”)"
A_WEB_PAGE: Final = "a web page"
A_REDIRECT: Final = "a redirect"
PROXY_WITH_LOGIN: Final = "a proxy that requires a login (407)"
NETWORK_WITH_LOGIN: Final = "a network that requires a login (511)"
TEXT: Final = "text that is not JSON"
NO_CONTENT: Final = "an empty answer"
JSON_LIST: Final = "a JSON list"
JSON_TEXT: Final = "a JSON text"
JSON_VALUE: Final = "a JSON value"

# api/permissions
MAY_NOT_READ: Final = "This token may not read {what}."
NOT_ALLOWED: Final = "Not allowed with this token: {reason}."
MAY_NOT_CHANGE: Final = "This token may not change {what}."

# api/query
SEARCH_COMPARES: Final = "A search compares text, whole numbers and yes or no, not {kind}."
PAGE_HOLDS: Final = "A page holds 1 to {most}, not {asked}."
GROUP_EMPTY: Final = "A group of filters has nothing in it."
GROUP_HOLDS: Final = "A group holds at most {most} filters, not {count}."
FILTER_NAMES_NO_FIELD: Final = "A filter names no field."
NO_OPERATOR: Final = "Intercom has no search operator {operator!r}."
LIST_IS_EMPTY: Final = "{field}: the list of values is empty."
COMPARES_TEXT: Final = "{field}: {operator} compares text."
COMPARES_NUMBERS: Final = "{field}: {operator} compares whole numbers and times in Unix seconds."
DATES_TAKE: Final = "{field}: dates of contacts take =, < and > only."
SEARCH_NESTS: Final = "A search nests at most {most} levels of AND and OR."
LIST_GOES_WITH: Final = "{field}: a list of values goes with IN and NIN, and only with them."
TAG_ID_TAKES: Final = "tag_id takes = and != only."

# api/reach
FILE_PRIVATE_ADDRESS: Final = (
    "The file's address leads to this machine or a private network ({host}), where no link is followed."
)
CANNOT_LOOK_UP: Final = "The name {name} cannot be looked up."

# api/resource
NOT_EXPECTED: Final = "Intercom's answer is not what was expected."
NOT_A_TEAMMATE_ID: Final = "{number!r} is not a teammate's ID: those are numbers."

# api/secret
ACCESS_CANNOT_BE_ONE: Final = "The access token is empty or holds characters that no token has."

# api/transport
ID_IS_MISSING: Final = "An ID is missing."
CONNECTION_CLOSED: Final = "The connection to Intercom is closed."
