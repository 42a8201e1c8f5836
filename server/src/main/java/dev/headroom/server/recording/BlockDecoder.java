package dev.headroom.server.recording;

import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import java.util.ArrayList;
import java.util.List;

/** Decodes what {@link RequestBlock} wrote. Trusts nothing that it reads. For one body. */
final class BlockDecoder {
    private static final Outcome[] OUTCOMES = Outcome.values();

    private record Target(String method, String route, String path) {}

    private final BinaryInput in;
    private final List<Target> targets = new ArrayList<>();
    private long id;
    private long start;

    private BlockDecoder(BinaryInput in) {
        this.in = in;
    }

    /** All requests of a block, in the order in which they were told. */
    static List<RequestTrace> requests(byte[] body) {
        BlockDecoder decoder = new BlockDecoder(new BinaryInput(body));
        List<RequestTrace> requests = new ArrayList<>();
        try {
            while (decoder.in.remaining() > 0) {
                requests.add(decoder.next());
            }
        } catch (IllegalArgumentException e) {
            throw BinaryInput.damaged("an impossible request (" + e.getMessage() + ")");
        }
        return requests;
    }

    private RequestTrace next() {
        int flags = in.octet();
        Target target = target();
        id += in.signed();
        start += in.signed();
        int status = in.number();
        long queue = in.signed();
        long sent = has(flags, RequestFlags.SENT) ? start + in.signed() : 0;
        long firstByte = has(flags, RequestFlags.FIRST_BYTE) ? start + in.signed() : 0;
        long end = start + in.unsigned();
        long workEnd = has(flags, RequestFlags.WORKED_ON) ? end + in.unsigned() : end;
        long bytesIn = has(flags, RequestFlags.BYTES_IN) ? in.signed() : 0;
        Request request = new Request(
                id,
                target.method,
                target.path,
                target.route,
                status,
                start,
                queue,
                sent,
                firstByte,
                end,
                workEnd,
                bytesIn,
                in.signed(),
                in.number(),
                has(flags, RequestFlags.STREAMING),
                OUTCOMES[in.index(OUTCOMES.length)]);
        ResponseValues response = new ResponseValues(
                Digests.NONE, has(flags, RequestFlags.RESPONSE_READ), has(flags, RequestFlags.RESPONSE_SEPARATE));
        return new RequestTrace(request, List.of(), List.of(), response);
    }

    private Target target() {
        int number = in.index(targets.size() + 1);
        if (number == targets.size()) {
            targets.add(new Target(in.text(), in.text(), in.text()));
        }
        return targets.get(number);
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }
}
