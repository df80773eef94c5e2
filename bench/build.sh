# Builds the jar and the test classes where something is newer; sets java and the class path of the benches.
dependencies=target/bench-classpath
if [ ! -f target/modelmill.jar ] || [ ! -f "$dependencies" ] || [ -n "$(find pom.xml src -newer target/modelmill.jar -print -quit)" ]; then
  ./mvnw -q -B -DskipTests package dependency:build-classpath -Dmdep.outputFile="$dependencies" -Dmdep.includeScope=test >&2
fi
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# In the environment: ONNX Runtime 1.29 crashes while it loads where so long a class path is an argument.
CLASSPATH="target/test-classes:target/classes:$(cat "$dependencies")"
export CLASSPATH
