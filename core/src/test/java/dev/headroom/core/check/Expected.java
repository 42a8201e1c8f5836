package dev.headroom.core.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One finding that a scenario must bring.
 *
 * @param check the check that must speak
 * @param level what it must call it; null where that depends on how fast the machine is
 * @param evidence how it must say that it knows; null where more than one word would be honest
 * @param details what it must say in its details
 */
public record Expected(
        String check, @Nullable Level level, @Nullable Evidence evidence, Map<String, Object> details) {
    public Expected {
        details = Map.copyOf(details);
    }

    /** The same, with a word for how it is known. */
    public Expected known(Evidence word) {
        return new Expected(check, level, word, details);
    }

    /** The same, with something that it must say. */
    public Expected saying(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(key, value);
        return new Expected(check, level, evidence, more);
    }

    boolean metBy(Finding finding) {
        return finding.check().equals(check)
                && (level == null || finding.level() == level)
                && (evidence == null || finding.evidence() == evidence)
                && finding.details().entrySet().containsAll(details.entrySet());
    }
}
