/** What must be reported and what must stay silent, through the real proxy and a real database. */
@NullMarked
package dev.headroom.cli.scenario;

import org.jspecify.annotations.NullMarked;
