package dev.headroom.core.check;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The work of a check that can judge every request by itself, and adds up by key what it finds in them. */
final class TallyingRun<T> implements CheckRun {
    private final String check;
    private final BiConsumer<RequestView, Tallies<T>> judge;
    private final Function<T, Finding> finding;
    private final Tallies<T> tallies = new Tallies<>();
    private long judged;

    /**
     * Begins it.
     *
     * @param check the check's name
     * @param judge adds up what there is in a request, which has statements: very many have none
     * @param finding what a tally amounts to
     */
    TallyingRun(String check, BiConsumer<RequestView, Tallies<T>> judge, Function<T, Finding> finding) {
        this.check = check;
        this.judge = judge;
        this.finding = finding;
    }

    @Override
    public void request(RequestView view) {
        judged++;
        if (!view.trace().queries().isEmpty() || !view.trace().folded().isEmpty()) {
            judge.accept(view, tallies);
        }
    }

    @Override
    public List<Finding> findings() {
        return tallies.all().stream().map(finding).toList();
    }

    @Override
    public CheckCoverage coverage() {
        return new CheckCoverage(check, judged, 0, null);
    }
}
