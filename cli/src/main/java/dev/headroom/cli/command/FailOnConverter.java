package dev.headroom.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code worse} or {@code new}. */
final class FailOnConverter implements ITypeConverter<CompareCommand.FailOn> {
    @Override
    public CompareCommand.FailOn convert(String text) {
        for (CompareCommand.FailOn each : CompareCommand.FailOn.values()) {
            if (each.toString().equals(text)) {
                return each;
            }
        }
        throw new TypeConversionException("'" + text + "' is neither worse nor new");
    }
}
