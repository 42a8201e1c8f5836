package dev.headroom.core;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, in words: what the JDK says of it is often the file's name alone. */
public final class FileFailure {
    private FileFailure() {}

    /** The reason, as in {@code permission denied}. */
    public static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "a file of that name is in the way";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not in UTF-8";
        }
        String reason = failure instanceof FileSystemException named ? named.getReason() : null;
        return reason == null ? String.valueOf(failure.getMessage()) : reason;
    }
}
