/** What the app's processes and their control group use. */
@NullMarked
package dev.headroom.cli.sample;

import org.jspecify.annotations.NullMarked;
