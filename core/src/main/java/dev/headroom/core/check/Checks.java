package dev.headroom.core.check;

import java.util.List;

/** The checks that Headroom comes with. */
public final class Checks {
    private static final List<Check> ALL = List.of(
            new RepeatedQueryCheck(),
            new DuplicateQueryCheck(),
            new GrowthCheck(),
            new UnusedDataCheck(),
            new TooManyRowsCheck(),
            new WideResultCheck(),
            new SlowQueryCheck(),
            new ChattyRequestCheck(),
            new RepeatedWriteCheck(),
            new TransactionPerStatementCheck(),
            new IdleInTransactionCheck(),
            new RepeatedSetUpCheck(),
            new FailedQueryCheck());

    private Checks() {}

    /** All of them. */
    public static List<Check> all() {
        return ALL;
    }
}
