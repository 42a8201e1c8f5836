package dev.headroom.core.check;

import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.DatabaseFacts;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.OperationNames;
import dev.headroom.core.trace.OrmFacts;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.TraceSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a list of checks over what was captured: live, on a recording that is replayed into it, or in a test. Keeps a
 * bounded amount. Used by one thread at a time.
 */
public final class Doctor implements TraceSink {
    private static final Comparator<Finding> BY_COST = Comparator.comparing(Finding::level)
            .thenComparing(Comparator.comparingLong(
                            (Finding finding) -> finding.totalWithConsequences().nanos())
                    .reversed())
            .thenComparing(Comparator.comparingLong(
                            (Finding finding) -> finding.totalWithConsequences().statements())
                    .reversed())
            .thenComparing(Comparator.comparingLong(
                            (Finding finding) -> finding.totalWithConsequences().bytes())
                    .reversed())
            .thenComparing(Finding::id);

    private final List<CheckRun> runs;
    private final List<OutsideRun> outsideRuns;
    private final OperationNames operations = new OperationNames();
    private final Advice advice;
    private final FrameworkGuess guess = new FrameworkGuess();
    private final RepeatFinder repeats;
    private final RelationLoads loads;
    private final KnownModels models;
    private final KnownStatistics statistics = new KnownStatistics();
    private @Nullable Framework told;
    private @Nullable Language language;

    /** A doctor with the given checks. */
    public Doctor(List<Check> checks, CheckContext context) {
        this(checks, context, new KnownModels());
    }

    private Doctor(List<Check> checks, CheckContext context, KnownModels models) {
        this(checks, context, models, new RelationLoads(models));
    }

    private Doctor(List<Check> checks, CheckContext context, KnownModels models, RelationLoads loads) {
        this(checks, context, new FrameworkAdvice(loads, models), loads, models);
    }

    /** A doctor with the given checks and advice. */
    public Doctor(List<Check> checks, CheckContext context, Advice advice) {
        this(checks, context, advice, new RelationLoads(new KnownModels()), new KnownModels());
    }

    private Doctor(List<Check> checks, CheckContext context, Advice advice, RelationLoads loads, KnownModels models) {
        // what the traces themselves tell of the database, unless the caller knows better
        DatabaseStatistics given = context.statistics();
        DatabaseStatistics used = given.equals(DatabaseStatistics.NONE) ? statistics : given;
        CheckContext informed = new CheckContext(used, context.timeLimitNanos());
        runs = checks.stream().map(check -> check.start(informed)).toList();
        outsideRuns = runs.stream()
                .filter(OutsideRun.class::isInstance)
                .map(OutsideRun.class::cast)
                .toList();
        this.advice = advice;
        repeats = new RepeatFinder(used);
        this.loads = loads;
        this.models = models;
    }

    @Override
    public void run(RunInfo runInfo) {
        told = Framework.of(runInfo);
        language = Language.of(runInfo);
    }

    @Override
    public void request(RequestTrace trace) {
        trace.queries().forEach(guess::see);
        RequestView view = new RequestView(trace, operations.of(trace.request()), repeats);
        loads.request(view);
        for (CheckRun run : runs) {
            run.request(view);
        }
    }

    @Override
    public void outside(Query query) {
        for (int i = 0; i < outsideRuns.size(); i++) {
            outsideRuns.get(i).outside(query);
        }
    }

    @Override
    public void connection(Connection connection) {
        for (CheckRun run : runs) {
            run.connection(connection);
        }
    }

    @Override
    public void event(Event event) {
        if (told == null) {
            told = Framework.of(event);
        }
        for (CheckRun run : runs) {
            run.event(event);
        }
    }

    @Override
    public void database(DatabaseFacts facts) {
        statistics.update(facts);
    }

    @Override
    public void orm(OrmFacts facts) {
        models.update(facts);
    }

    @Override
    public void counters(CaptureCounters counters) {
        for (CheckRun run : runs) {
            run.counters(counters);
        }
    }

    /** What was found so far; the run may go on. */
    public Diagnosis diagnosis() {
        List<Finding> findings = new ArrayList<>();
        List<CheckCoverage> coverage = new ArrayList<>();
        Framework framework = told != null ? told : guess.framework(language);
        for (CheckRun run : runs) {
            for (Finding finding : run.findings()) {
                findings.add(finding.withFixes(fixes(finding, framework)));
            }
            coverage.add(run.coverage());
        }
        List<Finding> combined = new ArrayList<>(SharedCauses.combine(findings));
        combined.sort(BY_COST);
        return new Diagnosis(combined, coverage);
    }

    private List<Fix> fixes(Finding finding, @Nullable Framework framework) {
        return advice.fixes(finding, framework).stream()
                .filter(fix -> framework != null || fix.framework().isFor(language))
                .toList();
    }
}
