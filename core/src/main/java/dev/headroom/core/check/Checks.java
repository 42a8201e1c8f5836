package dev.headroom.core.check;

import java.util.List;
import java.util.Map;

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
            new TransactionLeftOpenCheck(),
            new RepeatedSetUpCheck(),
            new FailedQueryCheck());

    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry(
                    RepeatedQueryCheck.ID, "One query runs again and again in a request, with other values each time."),
            Map.entry(DuplicateQueryCheck.ID, "A request asks for what it was told before."),
            Map.entry(GrowthCheck.ID, "Repeated queries that will be too many at the largest customer."),
            Map.entry(UnusedDataCheck.ID, "Columns are fetched of which nothing is seen in the response."),
            Map.entry(TooManyRowsCheck.ID, "Many more rows are fetched than the response shows."),
            Map.entry(WideResultCheck.ID, "A result has hundreds of columns, or is the product of two lists."),
            Map.entry(SlowQueryCheck.ID, "One statement takes long."),
            Map.entry(ChattyRequestCheck.ID, "A request runs very many different statements."),
            Map.entry(RepeatedWriteCheck.ID, "Rows are written one by one."),
            Map.entry(TransactionPerStatementCheck.ID, "Each statement has a transaction of its own."),
            Map.entry(IdleInTransactionCheck.ID, "A transaction is held while nothing runs."),
            Map.entry(TransactionLeftOpenCheck.ID, "A transaction is still open when its request has ended."),
            Map.entry(RepeatedSetUpCheck.ID, "Connections are opened again and again."),
            Map.entry(FailedQueryCheck.ID, "A statement fails."));

    private Checks() {}

    /** What a check looks for, in one sentence; its name again where it is not one of ours. */
    public static String description(String check) {
        return DESCRIPTIONS.getOrDefault(check, check);
    }

    /** All of them. */
    public static List<Check> all() {
        return ALL;
    }
}
