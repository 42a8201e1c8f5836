package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.trace.BoundValue;
import java.util.List;

/**
 * A statement with its values, held while it is executed.
 *
 * @param text as it was sent
 * @param parameters as they were bound
 * @param bytes what it counts as of what may be held
 */
record SentStatement(String text, List<BoundValue> parameters, long bytes) {}
