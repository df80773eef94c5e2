package dev.modelmill.job.owner;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this process is called where others read it. */
final class ThisProcess {

    private ThisProcess() {}

    /** Its number and its machine: {@code process 4711 on alpha}. */
    static String name() {
        return "process " + ProcessHandle.current().pid() + " on " + host();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a machine without a name";
        }
    }
}
