"""Writes the vectors again: `python3 tests/oracle/regenerate.py`.

Those of numbers come from the generators of cases; those of the report from `report.py`, for every
line of `report/vectors.json`. With `--check` nothing is written, irrational results are compared with
Python's `decimal`, and the status is 1 where a file differs or a result does.
"""

import json
import pathlib
import sys

sys.dont_write_bytecode = True
import allocation  # noqa: E402
import crosscheck  # noqa: E402
import irrational  # noqa: E402
import number  # noqa: E402
import report  # noqa: E402
import sample  # noqa: E402

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
GENERATORS = {
    "number.jsonl": number,
    "irrational.jsonl": irrational,
    "statistics.jsonl": sample,
    "allocate.jsonl": allocation,
}


def settle(target, text, check):
    """Writes a file that differs, unless it is only checked; and says whether it differed."""
    if target.exists() and target.read_text(encoding="utf-8") == text:
        return False
    if not check:
        target.write_text(text, encoding="utf-8")
    return True


def digest(lines):
    """FNV-1a with 128 bits over the answers that are due, each a line of the protocol."""
    state = 0x6C62272E07BB014262B821756295C58D
    for line in lines:
        due = {"error": line["error"]} if "error" in line else {"result": line["expect"]}
        text = json.dumps({"id": line["id"], **due}, separators=(",", ":")) + "\n"
        for byte in text.encode():
            state = (state ^ byte) * 0x0000000001000000000000000000013B % 2**128
    return f"{state:032x}"


def main():
    check = "--check" in sys.argv
    sys.set_int_max_str_digits(0)
    different, wrong, lines = [], [], []
    for name, generator in GENERATORS.items():
        cases = generator.collected()
        lines += cases.lines
        if settle(FOLDER / name, cases.written(), check):
            different.append(name)
        if check:
            doubted, asked = crosscheck.disagreements(cases.lines)
            wrong += doubted
            print(f"{name}: {len(cases.lines)} cases, {asked} of them asked a third time")
    for line in json.loads((FOLDER / "report" / "vectors.json").read_text(encoding="utf-8")):
        model, facts = ROOT / line["model"], ROOT / line["facts"]
        if not model.exists():
            print(f"{line['vector']}: {line['model']} is not here")
            continue
        text = report.write(report.evaluate(model, facts, line["as_of"])) + "\n"
        if settle(FOLDER / "report" / line["vector"], text, check):
            different.append(line["vector"])
    print(f"digest of the answers: {digest(lines)}")
    print(f"different: {', '.join(different) or 'none'}")
    if check:
        print(f"otherwise in decimal: {', '.join(wrong) or 'none'}")
    sys.exit(check and bool(different or wrong))


if __name__ == "__main__":
    main()
