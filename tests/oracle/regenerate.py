"""Writes the vectors of the report again: `python3 tests/oracle/regenerate.py`.

Runs `report.py` for every line of `report/vectors.json`. With `--check` nothing is written, and the
status is 1 where a file differs.
"""

import json
import pathlib
import sys

sys.dont_write_bytecode = True
import report  # noqa: E402

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent


def main():
    sys.set_int_max_str_digits(0)
    different = []
    for line in json.loads((FOLDER / "report" / "vectors.json").read_text(encoding="utf-8")):
        model, facts = ROOT / line["model"], ROOT / line["facts"]
        target = FOLDER / "report" / line["vector"]
        if not model.exists():
            print(f"{line['vector']}: {line['model']} is not here")
            continue
        text = report.write(report.evaluate(model, facts, line["as_of"])) + "\n"
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            different.append(line["vector"])
            if "--check" not in sys.argv:
                target.write_text(text, encoding="utf-8")
    print(f"different: {', '.join(different) or 'none'}")
    sys.exit("--check" in sys.argv and bool(different))


if __name__ == "__main__":
    main()
