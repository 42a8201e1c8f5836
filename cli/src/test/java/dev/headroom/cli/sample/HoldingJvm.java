package dev.headroom.cli.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A Java process that holds 40 MB, has collected once, and ends with its standard input. */
final class HoldingJvm {
    static final long HELD = 40L << 20;

    private HoldingJvm() {}

    /** Starts one, and returns once it holds what it holds. */
    static Process start(List<String> before, String... options) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), HoldingJvm.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = process.inputReader().readLine();
        if (!"holding".equals(line)) {
            process.destroyForcibly();
            throw new IOException("the process said " + line);
        }
        return process;
    }

    /** Its program. */
    public static void main(String[] args) throws IOException {
        byte[][] held = new byte[320][128 << 10];
        System.gc();
        System.out.println("holding");
        System.in.transferTo(OutputStream.nullOutputStream());
        System.out.println(held.length);
    }
}
