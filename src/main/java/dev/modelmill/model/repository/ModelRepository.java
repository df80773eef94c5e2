package dev.modelmill.model.repository;

import dev.modelmill.model.ModelReference;
import dev.modelmill.model.ModelRuntime;
import dev.modelmill.model.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models in a folder. {@link #scan} takes them as they are, {@link #tick} what has changed and then stayed the same for
 * two seconds; each version is read on the executor, and what is asked meanwhile gets the last state known. Shared between
 * threads.
 */
public final class ModelRepository implements Models {

    private static final Logger log = LoggerFactory.getLogger(ModelRepository.class);

    private final FolderListing folder;
    private final VersionReader reader;
    private final Executor executor;
    private final Changes changes;
    private volatile SortedMap<String, ListedModel> models = new TreeMap<>();

    /**
     * A repository that is empty until it is scanned.
     *
     * @param root the folder with one folder a model; it need not exist
     * @param runtimes what runs models
     * @param clock tells how long a change is ago
     * @param executor runs the reading of models, which may take long; its owner closes it
     */
    public ModelRepository(Path root, List<ModelRuntime> runtimes, Clock clock, Executor executor) {
        this.folder = new FolderListing(root.toAbsolutePath().normalize());
        this.reader = new VersionReader(runtimes);
        this.changes = new Changes(clock);
        this.executor = executor;
    }

    @Override
    public List<Entry> all() {
        return models.values().stream()
                .flatMap(model -> model.slot(null).stream().map(slot -> model.entry(null, slot.now())))
                .toList();
    }

    @Override
    public Optional<Entry> find(ModelReference reference) {
        return entry(reference, VersionSlot::now);
    }

    @Override
    public Optional<Entry> await(ModelReference reference, Duration timeout) {
        return entry(reference, slot -> slot.await(timeout));
    }

    private Optional<Entry> entry(ModelReference reference, Function<VersionSlot, ReadVersion> reading) {
        ListedModel model = models.get(reference.name());
        return model == null
                ? Optional.empty()
                : model.slot(reference.version()).map(slot -> model.entry(reference.version(), reading.apply(slot)));
    }

    /** Takes the folder as it is now; reading the models goes on in the background. */
    public synchronized void scan() {
        listing().ifPresent(found -> {
            Set<String> names = new HashSet<>(found.keySet());
            names.addAll(models.keySet());
            take(found, names);
        });
    }

    /** Looks at the folder and takes each model that differs from what was taken and has been as it is for two seconds. */
    public synchronized void tick() {
        listing().ifPresent(found -> {
            List<ModelListing> taken =
                    models.values().stream().map(ListedModel::listing).toList();
            take(found, changes.settled(fingerprints(found.values()), fingerprints(taken)));
        });
    }

    private Optional<SortedMap<String, ModelListing>> listing() {
        try {
            return Optional.of(folder.models());
        } catch (IOException e) {
            log.warn("The folder of the models can't be listed, its models stay as they were: {}", e.toString());
            return Optional.empty();
        }
    }

    private static Map<String, String> fingerprints(Collection<ModelListing> listings) {
        return listings.stream().collect(Collectors.toMap(ModelListing::name, ModelListing::fingerprint));
    }

    private void take(SortedMap<String, ModelListing> found, Set<String> names) {
        SortedMap<String, ListedModel> next = new TreeMap<>(models);
        for (String name : names) {
            ModelListing listing = found.get(name);
            if (listing == null) {
                next.remove(name);
                log.info("Model {} is gone", name);
            } else {
                next.put(name, model(listing, models.get(name)));
            }
        }
        models = next;
    }

    private ListedModel model(ModelListing listing, @Nullable ListedModel before) {
        Map<String, VersionSlot> slots = new HashMap<>();
        for (VersionListing version : listing.versions()) {
            VersionSlot old = before == null ? null : before.slots().get(version.version());
            boolean unchanged = old != null && old.fingerprint().equals(version.fingerprint());
            slots.put(version.version(), unchanged ? old : read(listing, version, old));
        }
        return new ListedModel(listing, slots);
    }

    private VersionSlot read(ModelListing listing, VersionListing version, @Nullable VersionSlot old) {
        ReadVersion before = old == null ? ReadVersion.PENDING : old.now();
        return new VersionSlot(
                version.fingerprint(),
                before,
                CompletableFuture.supplyAsync(() -> readAndReport(listing, version), executor));
    }

    private ReadVersion readAndReport(ModelListing listing, VersionListing version) {
        ReadVersion read = reader.read(listing, version);
        if (read.error() == null) {
            log.info("Model {}:{} can be used", listing.name(), version.version());
        } else {
            log.warn("Model {}:{} can't be used: {}", listing.name(), version.version(), read.error());
        }
        return read;
    }
}
