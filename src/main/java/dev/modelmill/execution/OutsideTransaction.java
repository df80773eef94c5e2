package dev.modelmill.execution;

import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Does something that takes long beside the transaction of a step, so that it holds no connection of the pool meanwhile:
 * each statement in it takes one for itself. Shared between threads.
 */
@Component
class OutsideTransaction {

    private final JdbcTransactionManager transactions;

    OutsideTransaction(DataSource dataSource) {
        transactions = new JdbcTransactionManager(dataSource);
        // Otherwise the first statement's connection would be kept to the end of the scope.
        transactions.setTransactionSynchronization(
                AbstractPlatformTransactionManager.SYNCHRONIZATION_ON_ACTUAL_TRANSACTION);
    }

    <T> T call(Callable<T> action) throws Exception {
        TransactionStatus suspended = transactions.getTransaction(
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NOT_SUPPORTED));
        try {
            return action.call();
        } finally {
            transactions.commit(suspended);
        }
    }
}
