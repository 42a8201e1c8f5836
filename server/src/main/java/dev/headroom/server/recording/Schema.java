package dev.headroom.server.recording;

import java.util.List;

/** The tables of format {@link #VERSION}; docs/reference/recording.md explains each column. */
final class Schema {
    /** SQLite's application_id of a recording: "Hdrm" in ASCII. */
    static final int APPLICATION_ID = 0x4864726D;

    /** SQLite's user_version: goes up with each change that an older reader cannot read. */
    static final int VERSION = 2;

    static final List<String> TABLES = List.of(
            "CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID",
            "CREATE TABLE shape (number INTEGER PRIMARY KEY, id INTEGER NOT NULL, kind TEXT NOT NULL,"
                    + " truncated INTEGER NOT NULL, tables TEXT NOT NULL, text TEXT NOT NULL)",
            "CREATE TABLE call_site (number INTEGER PRIMARY KEY, file TEXT NOT NULL, line INTEGER NOT NULL,"
                    + " function TEXT NOT NULL, relation TEXT, field TEXT, load TEXT)",
            "CREATE TABLE result_columns (number INTEGER PRIMARY KEY, body BLOB NOT NULL)",
            "CREATE TABLE route (number INTEGER PRIMARY KEY, method TEXT NOT NULL, route TEXT NOT NULL,"
                    + " requests INTEGER NOT NULL, failed INTEGER NOT NULL, nanos INTEGER NOT NULL,"
                    + " max_nanos INTEGER NOT NULL, statements INTEGER NOT NULL, rows INTEGER NOT NULL,"
                    + " bytes INTEGER NOT NULL, database_nanos INTEGER NOT NULL)",
            "CREATE TABLE request (seq INTEGER PRIMARY KEY, id INTEGER NOT NULL, route INTEGER NOT NULL,"
                    + " path TEXT NOT NULL, status INTEGER NOT NULL, start_nanos INTEGER NOT NULL,"
                    + " queue_nanos INTEGER NOT NULL, sent INTEGER, first_byte INTEGER, end INTEGER NOT NULL,"
                    + " work_end INTEGER NOT NULL, bytes_in INTEGER NOT NULL, bytes_out INTEGER NOT NULL,"
                    + " in_flight INTEGER NOT NULL, flags INTEGER NOT NULL, outcome TEXT NOT NULL,"
                    + " statements INTEGER NOT NULL, rows INTEGER NOT NULL, bytes INTEGER NOT NULL,"
                    + " database_nanos INTEGER NOT NULL, summary BLOB NOT NULL)",
            "CREATE INDEX request_id ON request (id)",
            "CREATE TABLE detail (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)",
            "CREATE TABLE outside (seq INTEGER PRIMARY KEY, queries INTEGER NOT NULL, start_nanos INTEGER NOT NULL,"
                    + " body BLOB NOT NULL)",
            "CREATE TABLE connection (seq INTEGER PRIMARY KEY, id INTEGER NOT NULL, backend_pid INTEGER NOT NULL,"
                    + " opened_nanos INTEGER NOT NULL, ready_nanos INTEGER NOT NULL, closed_nanos INTEGER NOT NULL)",
            "CREATE TABLE event (seq INTEGER PRIMARY KEY, nanos INTEGER NOT NULL, kind TEXT NOT NULL,"
                    + " request_id INTEGER NOT NULL, text TEXT NOT NULL)",
            "CREATE TABLE database_facts (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)",
            "CREATE TABLE orm_facts (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)",
            "CREATE TABLE sample (seq INTEGER PRIMARY KEY, nanos INTEGER NOT NULL, proportional INTEGER NOT NULL,"
                    + " resident INTEGER NOT NULL, swap INTEGER NOT NULL, processes INTEGER NOT NULL,"
                    + " threads INTEGER NOT NULL, files INTEGER NOT NULL, cpu_nanos INTEGER NOT NULL,"
                    + " group_bytes INTEGER NOT NULL, group_limit INTEGER NOT NULL, group_swap INTEGER NOT NULL,"
                    + " oom_kills INTEGER NOT NULL)");

    /** Tables that came later: a recording of an older Headroom lacks some, and what they hold was not recorded. */
    static final List<String> LATER_TABLES = List.of(
            "CREATE TABLE jvm_sample (seq INTEGER PRIMARY KEY, nanos INTEGER NOT NULL, pid INTEGER NOT NULL,"
                    + " young INTEGER, old INTEGER, committed INTEGER, max INTEGER, metaspace INTEGER,"
                    + " collections INTEGER, collection_nanos INTEGER, threads INTEGER)",
            "CREATE TABLE request_block (seq INTEGER PRIMARY KEY, requests INTEGER NOT NULL, first_id INTEGER NOT NULL,"
                    + " last_id INTEGER NOT NULL, first_start INTEGER NOT NULL, last_start INTEGER NOT NULL,"
                    + " body BLOB NOT NULL)",
            "CREATE TABLE outside_block (seq INTEGER PRIMARY KEY, queries INTEGER NOT NULL,"
                    + " first_start INTEGER NOT NULL, last_start INTEGER NOT NULL, body BLOB NOT NULL)");

    /**
     * Users' values, in recordings that were asked to hold them only: no other has this table. Not replayed, and read by
     * no view.
     */
    static final String VALUE_SAMPLE = "CREATE TABLE value_sample (shape INTEGER NOT NULL, database TEXT NOT NULL,"
            + " which TEXT NOT NULL, start_nanos INTEGER NOT NULL, nanos INTEGER NOT NULL, text TEXT NOT NULL,"
            + " parameters BLOB NOT NULL, PRIMARY KEY (shape, database, which)) WITHOUT ROWID";

    private Schema() {}
}
