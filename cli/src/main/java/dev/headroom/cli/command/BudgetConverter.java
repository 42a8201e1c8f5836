package dev.headroom.cli.command;

import dev.headroom.core.check.Budget;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code GET /api/orders=10}. */
final class BudgetConverter implements ITypeConverter<Budget> {
    @Override
    public Budget convert(String text) {
        int equals = text.lastIndexOf('=');
        String number = equals < 0 ? "" : text.substring(equals + 1).strip();
        if (equals < 1 || !number.matches("\\d{1,9}")) {
            throw new TypeConversionException(
                    "'" + text + "' is no budget; write a route and a number, as in 'GET /api/orders=10'");
        }
        return new Budget(text.substring(0, equals).strip(), Long.parseLong(number));
    }
}
