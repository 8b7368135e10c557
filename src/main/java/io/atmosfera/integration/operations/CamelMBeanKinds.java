package io.atmosfera.integration.operations;

import javax.management.ObjectInstance;
import org.jolokia.service.jmx.api.CacheKeyProvider;
import org.jspecify.annotations.Nullable;

/**
 * Camel's MBeans of one class have the same attributes and operations. Jolokia writes them once for each key, which makes
 * the list that Hawtio starts with a fraction as long. Jolokia makes one by its name ({@code META-INF/jolokia/services}).
 */
public class CamelMBeanKinds extends CacheKeyProvider {

    /**
     * Made by Jolokia.
     *
     * @param order the lower, the sooner it is asked
     */
    public CamelMBeanKinds(int order) {
        super(order);
    }

    @Override
    public @Nullable String determineKey(ObjectInstance bean) {
        String domain = bean.getObjectName().getDomain();
        return domain.equals("org.apache.camel") ? domain + ":" + bean.getClassName() : null;
    }
}
