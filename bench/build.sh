# Builds the jar and the test classes where something is newer; sets java and the class path of the benches.
classpath=target/bench-classpath
if [ ! -f target/modelmill.jar ] || [ ! -f "$classpath" ] || [ -n "$(find pom.xml src -newer target/modelmill.jar -print -quit)" ]; then
  ./mvnw -q -B -DskipTests package dependency:build-classpath -Dmdep.outputFile="$classpath" -Dmdep.includeScope=test >&2
fi
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes="target/test-classes:target/classes:$(cat "$classpath")"
