package dev.headroom.core.check;

import dev.headroom.core.trace.QueryShape;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What of a report's advice speaks against other advice of the same report, or asks for what is already done. */
final class Contradictions {
    /** Ways to be rid of one statement's repetition, of which only one can be the way. */
    private static final Set<Remedy> OF_ONE_STATEMENT = EnumSet.of(
            Remedy.LOAD_ONE_TOGETHER,
            Remedy.LOAD_MANY_TOGETHER,
            Remedy.AGGREGATE_TOGETHER,
            Remedy.LOAD_BY_KEYS,
            Remedy.ASK_ONCE,
            Remedy.WRITE_TOGETHER);

    private static final Set<Remedy> LOADING = EnumSet.of(
            Remedy.LOAD_ONE_TOGETHER, Remedy.LOAD_MANY_TOGETHER, Remedy.AGGREGATE_TOGETHER, Remedy.LOAD_BY_KEYS);

    private static final Pattern WHOLE_LIST = Pattern.compile("\\b(in \\(\\?, |= any ?\\()");
    private static final Pattern MANY_ROWS = Pattern.compile("\\bvalues ?\\([^)]*\\), ?\\(");
    private static final Pattern JOINED_COLLECTIONS = Pattern.compile("join fetch(?s:.*)join fetch");

    private Contradictions() {}

    /** One line for each; none where the report is sound. Consequences go away with their cause and advise nothing. */
    static List<String> of(List<Finding> report) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < report.size(); i++) {
            alone(report.get(i), all);
            for (Finding other : report.subList(i + 1, report.size())) {
                if (report.get(i).operation().equals(other.operation())) {
                    together(report.get(i), other, all);
                    together(other, report.get(i), all);
                }
            }
        }
        return all;
    }

    private static void alone(Finding finding, List<String> all) {
        for (QueryShape shape : finding.shapes()) {
            String text = shape.text().toLowerCase(Locale.ROOT);
            if (LOADING.contains(finding.remedy()) && WHOLE_LIST.matcher(text).find()) {
                all.add(finding.check() + " wants many keys at once of " + text);
            }
            if (finding.remedy() == Remedy.WRITE_TOGETHER
                    && MANY_ROWS.matcher(text).find()) {
                all.add(finding.check() + " wants many rows at once of " + text);
            }
        }
        for (Fix fix : finding.fixes()) {
            String code = fix.code() == null ? "" : fix.code();
            if (JOINED_COLLECTIONS.matcher(code).find()) {
                all.add(finding.check() + " joins two collections: " + code);
            }
        }
    }

    private static void together(Finding one, Finding other, List<String> all) {
        boolean sameStatement = one.shapes().stream().anyMatch(other.shapes()::contains);
        if (sameStatement
                && one.remedy().compareTo(other.remedy()) < 0
                && OF_ONE_STATEMENT.contains(one.remedy())
                && OF_ONE_STATEMENT.contains(other.remedy())) {
            all.add(one.remedy() + " and " + other.remedy() + " for one statement of " + one.operation());
        }
        if (one.remedy() == Remedy.ONE_TRANSACTION && other.remedy() == Remedy.SHORTEN_TRANSACTION) {
            all.add("longer and shorter transactions in " + one.operation());
        }
        if (one.remedy() == Remedy.SPLIT_JOIN
                && other.remedy() == Remedy.LOAD_ONE_TOGETHER
                && one.shapes().stream()
                        .anyMatch(shape -> Long.toHexString(shape.id())
                                .equals(other.details().get("feedShape")))) {
            all.add("a join to split and one to add in one statement of " + one.operation());
        }
    }
}
