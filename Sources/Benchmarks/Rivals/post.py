"""Posts a CSV file in batches, as a careful script would: usage post.py FILE LEDGER HOST PORT PATH BATCH.

Each batch is claimed in one durable commit before it is sent and settled in one after its answer was read.
"""
import csv
import datetime
import http.client
import sqlite3
import sys
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

FIELDS = ["SecurityTraxUniqueID", "TechID", "StartTime", "EndTime", "ServiceType", "ServiceDetailType", "Notes"]


def moment(text):
    day, clock = text.split(" ")
    month, date, year = day.split("/")
    hour, minute = clock.split(":")
    return datetime.datetime(int(year), int(month), int(date), int(hour), int(minute))


def stage(db, path):
    def rows():
        with open(path, newline="", encoding="utf-8") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                start, end = moment(row["StartTime"]), moment(row["EndTime"])
                if int(row["SecurityTraxUniqueID"]) <= 0 or row["ServiceType"] not in ("1", "2", "3") or end <= start:
                    raise SystemExit(f"line {number} is invalid")
                times = [f"{time:%m/%d/%Y} {time.hour}:{time:%M}" for time in (start, end)]
                yield (row["SecurityTraxUniqueID"], row["TechID"], *times, row["ServiceType"],
                       row["ServiceDetailType"], row["Notes"])

    db.execute("BEGIN IMMEDIATE")
    db.executemany("INSERT INTO a VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, 0)", rows())
    db.execute("COMMIT")


def request(kind, attributes):
    lines = [f'   <attribute name="{name}">{escape(str(value))}</attribute>\n' for name, value in attributes]
    return f'  <request type="{kind}">\n' + "".join(lines) + "  </request>\n"


def main():
    path, ledger, host, port, address, size = sys.argv[1:]
    db = sqlite3.connect(ledger, isolation_level=None)
    db.executescript(
        """PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        CREATE TABLE a (id INTEGER PRIMARY KEY, customer INTEGER, tech INTEGER, start TEXT, stop TEXT, type INTEGER,
            detail TEXT, notes TEXT, state INTEGER);
        CREATE UNIQUE INDEX identity ON a (customer, start, stop, type, tech);""")
    stage(db, path)
    login = request(
        "GetSystemAuthentication", [("Username", "user"), ("Password", "password"), ("PartnerID", "partner")])
    connection = http.client.HTTPConnection(host, int(port))
    last = 0
    while True:
        db.execute("BEGIN IMMEDIATE")
        batch = db.execute(
            "SELECT id, customer, tech, start, stop, type, detail, notes FROM a WHERE id > ? AND state = 0 ORDER BY id"
            " LIMIT ?", (last, int(size))).fetchall()
        db.executemany("UPDATE a SET state = 1 WHERE id = ? AND state = 0", [(row[0],) for row in batch])
        db.execute("COMMIT")
        if not batch:
            break
        last = batch[-1][0]
        creates = [request("CreateTechScheduleBySecurityTraxUniqueID", zip(FIELDS, row[1:])) for row in batch]
        body = "<?xml version='1.0' encoding='UTF-8'?>\n<root>\n <requests>\n" + login + "".join(creates)
        body += " </requests>\n</root>\n"
        connection.request("POST", address, body.encode(), {"Content-Type": "text/xml; charset=utf-8"})
        answer = connection.getresponse()
        responses = ET.fromstring(answer.read()).find("responses").findall("response")
        if answer.status != 200 or len(responses) != len(batch) + 1 or responses[0].get("success") != "true":
            raise SystemExit("the answer can't be matched")
        states = [
            (2 if response.get("success") == "true" else 3, row[0]) for response, row in zip(responses[1:], batch)]
        db.execute("BEGIN IMMEDIATE")
        db.executemany("UPDATE a SET state = ? WHERE id = ? AND state = 1", states)
        db.execute("COMMIT")
    if db.execute("SELECT count(*) FROM a WHERE state <> 2").fetchone()[0]:
        raise SystemExit("not every row was created")


main()
