"""What is said of times and texts. It stands with this floor, which knows nothing of the labels of the model above."""

from typing import Final

# text/html
SHORTENED: Final = "… shortened: {count:,} characters in all; the rest is in the browser"

# text/natural_time
TIME_OR_SPAN: Final = "“{said}” could be a time of day or a span: write {hour}:{minute:02} or {span}."
ENTER_A_TIME: Final = "Enter a time. {examples}."
TOO_LONG_TO_BE_A_TIME: Final = "That is too long to be a time. {examples}."
CANNOT_UNDERSTAND: Final = "Cannot understand “{said}”. {examples}."
HAS_PASSED: Final = "“{said}” has passed."
MORE_THAN_TEN_YEARS: Final = "“{said}” is more than ten years away."
THAT_IS_MORE_THAN_TEN_YEARS: Final = "That is more than ten years away."
DATE_OR_TIME: Final = "“{said}” could be a date or a time; write {hour}:{minute} or {date}."
TWO_DATES: Final = "“{said}” could be two dates; write it as {year}-12-01 or 1 dec."
YEAR_OR_TIME: Final = "“{said}” could be a year or a time; write {hour}:{minute} or jan 1 {said}."
NOT_A_DATE: Final = "“{said}” is not a date. {examples}."


# text/layout
def folded_lines(quoted: int, signature: int) -> str:
    """`6 quoted lines`, `signature, 3 lines`: what a fold hides."""
    count, what = (quoted, "quoted line") if quoted else (signature, "line")
    return f"{'signature, ' if signature else ''}{count} {what}{'' if count == 1 else 's'}"
