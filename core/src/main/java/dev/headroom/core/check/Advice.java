package dev.headroom.core.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows what to do about a finding, in the words of a framework. Stateless and thread-safe. */
public interface Advice {
    /**
     * Ways to put {@code finding} right, safe ones first; empty where nothing is known.
     *
     * @param framework what the app uses; null where unknown
     */
    List<Fix> fixes(Finding finding, @Nullable Framework framework);
}
