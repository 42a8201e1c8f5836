/** The program as a user runs it: a process of its own around a real app and a real database. */
@NullMarked
package dev.headroom.cli.endtoend;

import org.jspecify.annotations.NullMarked;
