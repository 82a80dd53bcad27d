import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { OPENSEARCH } from "../../local/opensearch/opensearch";
import type { EngineRelease } from "../../local/opensearch/release";
import { selfSigned } from "../../tools/certificate";

const { clusterSettings: _, ...UNSECURED } = OPENSEARCH;

/** The user who may do everything, of the plugin's own example. */
export const MASTER = { user: "admin", password: "admin" } as const;

const NAME = "127.0.0.1";

/**
 * An OpenSearch with the security plugin, whose newest release in Maven Central is of 2.19.3. Nodes need certificates for one
 * another, made for each start; HTTP is plain, with users and passwords.
 */
export const SECURED: EngineRelease = {
  ...UNSECURED,
  version: "2.19.3",
  sha256: "760530e522de0a9f06380d4a4a43dfd83c31fa8911f41745513ce715ed5dfd03",
  plugins: [
    {
      name: "opensearch-security",
      version: "2.19.3.0",
      sha256: "ae79a0cf1094446e357758904552717c52c2d9b30ec153271b52ec73497510df",
    },
  ],
  settings: {
    "plugins.security.ssl.transport.pemcert_filepath": "node.pem",
    "plugins.security.ssl.transport.pemkey_filepath": "node-key.pem",
    "plugins.security.ssl.transport.pemtrustedcas_filepath": "node.pem",
    "plugins.security.nodes_dn": [`CN=${NAME}`],
    "plugins.security.allow_default_init_securityindex": true,
    "plugins.security.restapi.roles_enabled": ["all_access"],
  },
  async launch(home, directories, jvmOptions) {
    const { config } = directories;
    const { cert, key } = selfSigned(NAME);
    await writeFile(join(config, "node.pem"), cert);
    await writeFile(join(config, "node-key.pem"), key);
    await cp(join(home, "plugins", "opensearch-security", "config"), join(config, "opensearch-security"), {
      recursive: true,
    });
    return OPENSEARCH.launch(home, directories, jvmOptions);
  },
};
