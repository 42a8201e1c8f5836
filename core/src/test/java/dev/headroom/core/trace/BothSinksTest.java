package dev.headroom.core.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BothSinksTest {
    @Test
    void allThatASinkCanBeToldGoesToBothInOrder() throws ReflectiveOperationException {
        List<String> told = new ArrayList<>();
        TraceSink both = new BothSinks(sink("first", told), sink("second", told));
        List<String> expected = new ArrayList<>();
        for (Method method : TraceSink.class.getMethods()) {
            if (method.getReturnType() == void.class) {
                method.invoke(both, new Object[] {null});
                expected.add("first " + method.getName());
                expected.add("second " + method.getName());
            }
        }
        assertThat(told).isEqualTo(expected).hasSizeGreaterThan(20);
    }

    private static TraceSink sink(String name, List<String> told) {
        return (TraceSink) Proxy.newProxyInstance(
                TraceSink.class.getClassLoader(), new Class<?>[] {TraceSink.class}, (proxy, method, arguments) -> {
                    told.add(name + " " + method.getName());
                    return null;
                });
    }
}
