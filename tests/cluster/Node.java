// One OpenSearch node, as the distribution's launcher makes it, without its
// folder of plugins: those that a node cannot be without come from the class
// path. Arguments: folder, name, HTTP port, transport port, all transport ports.

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

public final class Node extends org.opensearch.node.Node {
    private Node(Settings settings, Path config, List<Class<? extends Plugin>> plugins) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), config, () -> "node"), plugins, false);
    }

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        Settings.Builder settings = Settings.builder()
            .put("path.home", home)
            .put("path.data", home.resolve("data"))
            .put("path.logs", home.resolve("logs"))
            .put("cluster.name", "esr-search-test")
            .put("node.name", args[1])
            .put("network.host", "127.0.0.1")
            .put("http.port", args[2])
            .put("http.type", "netty4")
            .put("transport.port", args[3])
            .put("transport.type", "netty4")
            .put("indices.query.bool.max_clause_count", 8192)
            .put("cluster.routing.allocation.disk.threshold_enabled", false);
        String[] peers = args[4].split(",");
        settings.putList("discovery.seed_hosts", Arrays.stream(peers).map(port -> "127.0.0.1:" + port).toList());
        settings.put("cluster.initial_cluster_manager_nodes", "node1");
        LogConfigurator.setNodeName(args[1]);
        LogConfigurator.configureWithoutConfig(Settings.builder().put("logger.level", "WARN").build());
        List<Class<? extends Plugin>> plugins = List.of(
            Netty4Plugin.class,
            CommonAnalysisPlugin.class,
            PainlessPlugin.class
        );
        Node node = new Node(settings.build(), home.resolve("config"), plugins);
        node.start();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (Exception error) {
                System.err.println(error);
            }
            ended.countDown();
        }));
        System.out.println("started " + args[1]);
        ended.await();
    }
}
