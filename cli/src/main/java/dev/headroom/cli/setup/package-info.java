/** What {@code headroom doctor-setup} found out about an app's set-up, and the words for it. */
@NullMarked
package dev.headroom.cli.setup;

import org.jspecify.annotations.NullMarked;
