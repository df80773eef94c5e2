FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
# The libraries first: they change less often than the sources.
RUN ./mvnw -q -B -ntp dependency:resolve dependency:resolve-plugins
COPY application.yml ./
COPY src src
RUN ./mvnw -q -B -ntp -DskipTests -Dspotless.check.skip=true package
RUN java -Djarmode=tools -jar target/modelmill.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --user-group --home-dir /modelmill --create-home modelmill \
 && mkdir -p /modelmill/data /modelmill/input /modelmill/output /modelmill/models \
 && chown -R modelmill:modelmill /modelmill
WORKDIR /modelmill
# A layer each, from the one that changes least to the one that changes most.
COPY --from=build /build/layers/dependencies/ /opt/modelmill/
COPY --from=build /build/layers/spring-boot-loader/ /opt/modelmill/
COPY --from=build /build/layers/snapshot-dependencies/ /opt/modelmill/
COPY --from=build /build/layers/application/ /opt/modelmill/
COPY --chown=modelmill:modelmill models models
# A start to learn from: with what it caches, later ones take less than half as long.
RUN java -XX:AOTCacheOutput=/opt/modelmill/modelmill.aot -Dspring.context.exit=onRefresh -jar /opt/modelmill/modelmill.jar \
    serve --server.port=0 --modelmill.data-dir=/tmp/start/data && rm -rf /tmp/start
USER modelmill
ENV SERVER_ADDRESS=0.0.0.0
EXPOSE 8080
VOLUME ["/modelmill/data", "/modelmill/models", "/modelmill/input", "/modelmill/output"]
# The image has no curl; bash, head and grep are in every Ubuntu.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "-Xms64m", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=/opt/modelmill/modelmill.aot", "-jar", "/opt/modelmill/modelmill.jar"]
CMD ["serve"]
