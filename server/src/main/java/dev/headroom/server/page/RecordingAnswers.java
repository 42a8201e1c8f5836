package dev.headroom.server.page;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.check.Silence;
import dev.headroom.core.report.JsonReport;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.TextReport;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.server.compare.ComparedRun;
import dev.headroom.server.compare.Comparison;
import dev.headroom.server.compare.ComparisonJson;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** What the page asks of a recording as a whole. */
final class RecordingAnswers {
    private final Supplier<List<Silence>> silences;

    RecordingAnswers(Supplier<List<Silence>> silences) {
        this.silences = silences;
    }

    List<Object> list(List<OpenRecording> recordings) {
        List<Object> list = new ArrayList<>();
        for (OpenRecording each : recordings) {
            list.add(state(each));
        }
        return list;
    }

    private static Map<String, Object> state(OpenRecording recording) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", String.valueOf(recording.file().getFileName()));
        map.put("read", recording.read());
        map.put("finished", recording.finished());
        map.put("error", recording.trouble());
        recording.view().ask(view -> {
            RunInfo info = view.info();
            map.put("command", info == null ? null : info.command());
            map.put("startedAtMillis", info == null ? null : info.startedAtMillis());
            map.put("lengthMillis", view.length() / 1e6);
            map.put("requests", view.requests().size());
            map.put("requestsNotShown", view.requests().dropped());
            map.put("version", view.version());
            return map;
        });
        return map;
    }

    /**
     * Two recordings side by side.
     *
     * @throws HeadroomException while either is still being read: half of a run would differ, or seem not to
     */
    Object compare(OpenRecording before, OpenRecording after) {
        if (!before.read() || !after.read()) {
            throw new HeadroomException("The recordings are still being read. Ask again in a moment.");
        }
        return ComparisonJson.map(compared(before).with(compared(after)));
    }

    private ComparedRun compared(OpenRecording recording) {
        RunReport report = whole(recording);
        return new ComparedRun(
                report, recording.view().ask(view -> view.requests().figures(view.memory(TimeRange.ALL), view.heap())));
    }

    /**
     * Those findings of the run that show in a part of it, with their figures there, and what its routes cost; without
     * either while the part is still being judged.
     */
    Object findings(OpenRecording recording, TimeRange range) {
        RangeReport part = recording.report(range);
        RunReport report = part.report();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("requests", recording.view().requests(range));
        map.put("judged", part.judged());
        Map<String, Object> told = report == null ? Map.of() : json(report);
        map.put("operations", told.get("operations"));
        map.put(
                "findings",
                report == null
                        ? null
                        : known(told, Comparison.ids(whole(recording).findings())));
        return map;
    }

    /** A check that lacks its other facts in a part adds nothing that it does not say of the whole run. */
    private static List<Object> known(Map<String, Object> report, Set<String> known) {
        List<Object> list = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(report.get("findings"))) {
            if (each instanceof Map<?, ?> finding && known.contains(String.valueOf(finding.get("id")))) {
                list.add(each);
            }
        }
        return list;
    }

    /** The report of the whole run, in the form of {@code headroom report --json}. */
    Object report(OpenRecording recording) {
        RunReport report = whole(recording);
        Map<String, Object> map = json(report);
        map.put("headline", TextReport.answer(report));
        map.put("recording", state(recording));
        return map;
    }

    private RunReport whole(OpenRecording recording) {
        return recording.view().report(silences.get(), LocalDate.now(ZoneId.systemDefault()));
    }

    private static Map<String, Object> json(RunReport report) {
        try {
            return new LinkedHashMap<>(JSON.std.mapFrom(JsonReport.render(report)));
        } catch (IOException e) {
            throw new HeadroomException("The report could not be made: " + e.getMessage(), e);
        }
    }
}
