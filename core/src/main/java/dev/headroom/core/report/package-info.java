/** Findings and facts as text, JSON and other formats; computes nothing that a check should. */
@NullMarked
package dev.headroom.core.report;

import org.jspecify.annotations.NullMarked;
