package io.atmosfera.integration;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.timer.TimerConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Stops the timers of a platform while no test class uses it. It is kept for the next class that asks for the same
 * properties; until then what it looks for every second would cost the running tests processor time.
 */
class IdlePlatforms implements TestExecutionListener {

    @Override
    public void beforeTestClass(TestContext test) {
        if (test.hasApplicationContext()) {
            timers(test, true);
        }
    }

    @Override
    public void afterTestClass(TestContext test) {
        if (test.hasApplicationContext()) {
            timers(test, false);
        }
    }

    private static void timers(TestContext test, boolean run) {
        for (Route route :
                test.getApplicationContext().getBean(CamelContext.class).getRoutes()) {
            if (route.getConsumer() instanceof TimerConsumer timer) {
                if (run) {
                    ServiceHelper.resumeService(timer);
                } else {
                    ServiceHelper.suspendService(timer);
                }
            }
        }
    }
}
