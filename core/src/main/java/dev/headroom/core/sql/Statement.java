package dev.headroom.core.sql;

import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.QueryShape;
import org.jspecify.annotations.Nullable;

/**
 * One statement as it was sent, read.
 *
 * @param shape its normalised text
 * @param literals digests of its literals in order of appearance, {@link Digests#NULL_VALUE} for NULL; bound
 *     parameters are not among them. Where there are more than 1,024, the last digest stands for all the rest
 * @param traceId the trace id of a {@code traceparent} in a comment, lower-case hex; null where none was
 */
public record Statement(
        QueryShape shape, Digests literals, @Nullable String traceId) {}
