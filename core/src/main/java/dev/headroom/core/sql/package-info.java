/** Statements as text: the lexer, normalised shapes and what kind a statement is. */
@NullMarked
package dev.headroom.core.sql;

import org.jspecify.annotations.NullMarked;
