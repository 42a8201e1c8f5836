package dev.headroom.cli.sidechannel;

import java.util.ArrayList;
import java.util.List;

/** Says at the end of a run what instrumentation could not see, and what to do about it. */
public final class InstrumentationNotes {
    private InstrumentationNotes() {}

    /**
     * The lines, none where nothing is missing.
     *
     * @param python whether the command starts Python
     * @param proxiedStatements what the PostgreSQL proxy saw
     */
    public static List<String> of(InstrumentationFacts facts, boolean python, long proxiedStatements) {
        List<String> notes = new ArrayList<>();
        if (facts.hellos() == 0 && python) {
            notes.add("no hello from the app's Python: with -I, -E or -S, or before version 3.7, it loads no"
                    + " instrumentation; statements have no lines of code");
        }
        List<String> others = facts.databases().stream()
                .filter(each -> !each.equals("postgresql"))
                .toList();
        boolean postgres = facts.databases().contains("postgresql") || facts.calls() > 0;
        if (proxiedStatements == 0 && postgres) {
            notes.add("the app opened no connection through the proxy; its settings may hold the address themselves: "
                    + "name the variable or the URL with --db");
        } else if (proxiedStatements == 0 && !others.isEmpty()) {
            notes.add("the app's database is " + String.join(", ", others)
                    + ": only PostgreSQL's statements are seen; point DATABASE_URL to one");
        }
        if (facts.lost() > 0) {
            notes.add(facts.lost() + " reports of the app's instrumentation were lost: it had more to tell than could"
                    + " be taken");
        }
        if (facts.unreadableFrames() > 0) {
            notes.add(facts.unreadableFrames() + " reports of the app's instrumentation could not be read");
        }
        return notes;
    }
}
