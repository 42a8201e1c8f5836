package dev.headroom.core.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Advice that names what to write where the app's ORM told of the relation; else from the table in
 * {@link AdviceTable}: the framework's own row where it is known, or plain SQL's and those of the two most common ones.
 */
public final class FrameworkAdvice implements Advice {
    private final DjangoAdvice django;

    /** Advice from the table only. */
    public FrameworkAdvice() {
        this(new RelationLoads(new KnownModels()), new KnownModels());
    }

    FrameworkAdvice(RelationLoads loads, KnownModels models) {
        django = new DjangoAdvice(loads, models);
    }

    @Override
    public List<Fix> fixes(Finding finding, @Nullable Framework framework) {
        List<Fix> told = framework == Framework.DJANGO ? django.fixes(finding) : List.of();
        if (!told.isEmpty()) {
            return told;
        }
        List<Framework> rows = framework == null
                ? List.of(Framework.SQL, Framework.DJANGO, Framework.JPA)
                : List.of(framework, Framework.SQL);
        List<Fix> fixes = new ArrayList<>();
        for (Framework row : rows) {
            AdviceTable.Entry entry = AdviceTable.entry(finding.remedy(), row);
            if (entry != null && (framework == null || fixes.isEmpty())) {
                fixes.add(new Fix(finding.remedy(), row, entry.text(), entry.code(), details(finding)));
            }
        }
        return fixes;
    }

    private static Map<String, String> details(Finding finding) {
        return finding.callSite() == null || finding.callSite().relation() == null
                ? Map.of()
                : Map.of("relation", finding.callSite().relation());
    }
}
