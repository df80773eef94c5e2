package dev.modelmill.model.onnx;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers the runtime {@code onnx}. */
@Configuration(proxyBeanMethods = false)
class OnnxConfiguration {

    @Bean
    OnnxRuntime onnxRuntime() {
        return new OnnxRuntime();
    }
}
