package dev.headroom.core.report;

import java.util.ArrayList;
import java.util.List;

/** The statements of a job: one line a group of transactions, and what it repeats most. */
final class JobTable {
    private static final int REPEATED = 5;
    private static final int[] WIDTHS = {7, 8, 6, 6, 8};
    private static final String[] HEADS = {"times", "in all", "med", "max", "ms"};

    private final TextStyle style;

    JobTable(TextStyle style) {
        this.style = style;
    }

    List<String> lines(JobSummary job, int most) {
        List<String> lines = new ArrayList<>();
        int room = style.width();
        for (int width : WIDTHS) {
            room -= width;
        }
        lines.add(
                style.dim(TextLines.left("", room) + TextLines.right("statements", WIDTHS[0] + WIDTHS[1] + WIDTHS[2])));
        lines.add(style.dim(TextLines.left("transaction that begins with", room) + numbers(HEADS)));
        for (TransactionGroup group :
                job.groups().subList(0, Math.min(most, job.groups().size()))) {
            boolean outside = group.times() == 0;
            String begins = outside ? "(outside transactions)" : TextLines.sql(group.begins(), room - 1);
            lines.add(style.bold(TextLines.left(begins, room))
                    + numbers(
                            outside ? "" : Figures.count(group.times()),
                            Figures.count(group.statements()),
                            outside ? "" : Figures.count(group.statementsMedian()),
                            outside ? "" : Figures.count(group.statementsMax()),
                            Figures.millis(group.nanos())));
            if (group.repeatedTimes() >= REPEATED) {
                String times = "  " + Figures.count(group.repeatedTimes()) + (outside ? " × " : " × in one: ");
                lines.add(times + TextLines.sql(group.repeated(), style.width() - times.length()));
            }
        }
        if (job.groups().size() > most) {
            lines.add(style.dim("and " + Figures.of(job.groups().size() - most, "group", "groups") + " more"));
        }
        return lines;
    }

    private static String numbers(String... cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < WIDTHS.length; i++) {
            line.append(TextLines.right(cells[i], WIDTHS[i]));
        }
        return line.toString();
    }
}
