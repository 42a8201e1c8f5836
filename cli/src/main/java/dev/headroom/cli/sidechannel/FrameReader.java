package dev.headroom.cli.sidechannel;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.OrmFacts;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one process, as docs/reference/side-channel.md describes them, and states them to capture. What
 * it can't read it skips and counts. Owned by one thread.
 */
final class FrameReader {
    private static final int MOST_DEFINITIONS = 20_000;

    private final CaptureSink sink;
    private final InstrumentationFacts facts;
    private final Map<Integer, CallSite> places = new HashMap<>();
    private final Map<Integer, String> routes = new HashMap<>();
    private long lost;
    private volatile long pid;

    FrameReader(CaptureSink sink, InstrumentationFacts facts) {
        this.sink = sink;
        this.facts = facts;
    }

    /** Takes one line, without its line feed. */
    void take(String line) {
        if (line.length() < 3 || line.charAt(1) != ' ') {
            facts.unreadable();
            return;
        }
        try {
            read(line.charAt(0), line);
        } catch (IOException | RuntimeException e) {
            facts.unreadable();
        }
    }

    private void read(char kind, String line) throws IOException {
        switch (kind) {
            case 'X' -> call(new Numbers(line));
            case 'R' -> route(new Numbers(line));
            case 'B' -> began(new Numbers(line).next());
            case 'P' -> place(new Numbers(line));
            case 'U' -> define(new Numbers(line));
            case 'L' -> lost(new Numbers(line).next());
            case 'H' -> hello(json(line, 2));
            case 'F' -> found(json(line, 2));
            case 'V' -> opened(json(line, 2));
            case 'M' -> mapped(json(line, 2));
            case 'D' -> disabled(json(line, 2));
            default -> {
                // end, and what newer instrumentation may tell
            }
        }
    }

    private void call(Numbers fields) {
        int pid = (int) fields.next();
        long request = fields.next();
        long start = fields.next();
        long end = fields.next();
        CallSite place = places.get((int) fields.next());
        facts.call();
        sink.offer(new CaptureEvent.InstrumentedCall(pid, start, end, request, place));
    }

    private void began(long request) {
        if (request > 0 && facts.requestBegan()) {
            sink.offer(new CaptureEvent.InstrumentedRequest());
        }
    }

    private void route(Numbers fields) {
        long request = fields.next();
        String route = routes.get((int) fields.next());
        if (route != null && request > 0) {
            sink.offer(new CaptureEvent.InstrumentedRoute(request, route));
        }
    }

    private void define(Numbers fields) throws IOException {
        int id = (int) fields.next();
        Object route = json(fields.line(), fields.position()).get("route");
        if (routes.size() < MOST_DEFINITIONS && route instanceof String text) {
            routes.put(id, text);
        }
    }

    private void place(Numbers fields) throws IOException {
        int id = (int) fields.next();
        CallSite site = PlaceDefinition.callSite(json(fields.line(), fields.position()));
        if (places.size() < MOST_DEFINITIONS && site != null) {
            places.put(id, site);
        }
    }

    private void lost(long count) {
        facts.lost(count - lost);
        lost = count;
    }

    /** The process's id; 0 before its hello. May be asked by any thread. */
    long pid() {
        return pid;
    }

    private void hello(Map<String, Object> hello) {
        pid = hello.get("pid") instanceof Number number ? number.longValue() : 0;
        sink.offer(new CaptureEvent.InstrumentationConnected());
        facts.hello(text(hello.get("runtime")), text(hello.get("version")));
    }

    private void found(Map<String, Object> found) {
        String name = text(found.get("name"));
        if (name != null && facts.found(name, text(found.get("version")))) {
            // what it will tell of is waited for, however much passed untold before
            sink.offer(new CaptureEvent.InstrumentationConnected());
            if (Boolean.TRUE.equals(found.get("requests"))) {
                sink.offer(new CaptureEvent.InstrumentedServer());
            }
            happened("found " + name + " " + text(found.get("version")));
        }
    }

    private void opened(Map<String, Object> opened) {
        String vendor = text(opened.get("vendor"));
        if (vendor != null) {
            facts.opened(vendor);
        }
        OrmFacts.Database database = OrmDefinition.database(opened);
        if (database != null && facts.news(database.toString())) {
            sink.offer(new CaptureEvent.OrmDescribed(new OrmFacts(List.of(), List.of(database))));
        }
    }

    private void mapped(Map<String, Object> model) {
        OrmFacts.Table table = OrmDefinition.table(model);
        if (table != null && facts.news(table.name())) {
            sink.offer(new CaptureEvent.OrmDescribed(new OrmFacts(List.of(table), List.of())));
        }
    }

    private void disabled(Map<String, Object> disabled) {
        String what = text(disabled.get("part")) + ": " + text(disabled.get("reason"));
        if (facts.disabled(what)) {
            happened("instrumentation of " + what
                    + (Boolean.TRUE.equals(disabled.get("all"))
                            ? "; all of it is off in that process"
                            : "; that part is off"));
        }
    }

    private void happened(String text) {
        sink.offer(new CaptureEvent.Happened(new Event(System.nanoTime(), Event.Kind.INSTRUMENTATION, 0, text)));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    private static Map<String, Object> json(String line, int from) throws IOException {
        return JSON.std.mapFrom(line.substring(from));
    }

    /** The decimal numbers of a line, one after another. */
    private static final class Numbers {
        private final String line;
        private int position = 2;

        Numbers(String line) {
            this.line = line;
        }

        long next() {
            int space = line.indexOf(' ', position);
            int end = space < 0 ? line.length() : space;
            long number = Long.parseLong(line, position, end, 10);
            position = Math.min(end + 1, line.length());
            return number;
        }

        String line() {
            return line;
        }

        int position() {
            return position;
        }
    }
}
