// The long texts of real plans: policies, tags, start scripts, container definitions. Each function writes about as many
// bytes as it is told, out of many short pieces: one long run of one letter would flatter every scanner (no escapes, no
// short strings, perfect branch prediction).

export const SERVICES = [
  "orders",
  "billing",
  "catalog",
  "search",
  "identity",
  "checkout",
  "inventory",
  "shipping",
  "ledger",
  "notifications",
  "pricing",
  "reports",
  "gateway",
  "sessions",
  "media",
  "audit",
  "payments",
  "recommendations",
  "returns",
  "partners",
];
export const ROLES = [
  "api",
  "worker",
  "web",
  "cache",
  "queue",
  "events",
  "archive",
  "primary",
  "replica",
  "ingest",
  "export",
  "scheduler",
  "internal",
  "public",
  "private",
  "batch",
  "stream",
  "shared",
  "main",
  "canary",
];
const WORDS = [
  "Managed",
  "by",
  "the",
  "platform",
  "team",
  "see",
  "runbook",
  "before",
  "changing",
  "capacity",
  "reviewed",
  "quarterly",
  "traffic",
  "from",
  "load",
  "balancer",
  "to",
  "service",
  "port",
  "health",
  "checks",
  "only",
  "retention",
  "follows",
  "data",
  "policy",
  "owner",
  "is",
  "on",
  "call",
  "rotation",
  "do",
  "not",
  "edit",
  "in",
  "console",
  "temporary",
  "until",
  "migration",
  "completes",
  "restricted",
  "& audited",
];
// Off by default: one letter beyond ASCII makes JSON.parse decode the whole file the slow way, and the base that plans are
// timed against would look worse than it is on most plans.
const FOREIGN = [
  "Zahlungsverkehr für Österreich",
  "sécurité — équipe réseau",
  "監視対象",
  "Größe geprüft",
  "Ελλάδα",
  "🔒 restricted",
];
const ACTIONS = {
  s3: [
    "GetObject",
    "PutObject",
    "DeleteObject",
    "ListBucket",
    "GetBucketLocation",
    "AbortMultipartUpload",
    "ListBucketMultipartUploads",
  ],
  sqs: ["SendMessage", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "ChangeMessageVisibility"],
  dynamodb: ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan", "BatchWriteItem", "DescribeTable"],
  kms: ["Decrypt", "Encrypt", "GenerateDataKey*", "DescribeKey", "ReEncrypt*", "CreateGrant"],
  logs: ["CreateLogStream", "PutLogEvents", "DescribeLogStreams", "CreateLogGroup"],
  secretsmanager: ["GetSecretValue", "DescribeSecret", "ListSecretVersionIds"],
  ecr: ["GetAuthorizationToken", "BatchGetImage", "GetDownloadUrlForLayer", "BatchCheckLayerAvailability"],
};
const FAMILIES = Object.keys(ACTIONS);
const TAGS = [
  "CostCenter",
  "Owner",
  "Compliance",
  "BackupPlan",
  "DataClass",
  "Repository",
  "Runbook",
  "PatchGroup",
  "Contact",
  "Tier",
  "SlackChannel",
  "Stack",
  "Lifecycle",
  "Schedule",
  "Domain",
];
const SETTINGS = [
  "DATABASE_URL",
  "LOG_LEVEL",
  "FEATURE_FLAGS",
  "CACHE_TTL_SECONDS",
  "UPSTREAM_HOST",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "MAX_POOL_SIZE",
  "QUEUE_URL",
  "BUCKET",
  "REGION",
  "ALLOWED_ORIGINS",
  "TOKEN_ISSUER",
  "SENTRY_DSN",
  "REQUEST_TIMEOUT_MS",
  "SHUTDOWN_GRACE",
];
const COMMANDS = [
  "set -euo pipefail",
  "yum update -y && yum install -y amazon-cloudwatch-agent jq",
  "systemctl enable --now docker",
  'aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY"',
  "if [ ! -d /var/lib/app ]; then mkdir -p /var/lib/app; fi",
  "curl -fsS http://169.254.169.254/latest/meta-data/instance-id > /etc/instance-id",
  'echo "vm.max_map_count=262144" >> /etc/sysctl.conf',
  "cat <<EOF > /etc/app/config.json",
  '{"listen": ":8080", "workers": 4}',
  "EOF",
  "for i in 1 2 3; do /usr/local/bin/migrate up && break || sleep 5; done",
];

/** One sentence for a human reader. */
export function sentence(random, words = random.between(5, 11), unicode = false) {
  if (unicode && random.chance(0.3)) return random.pick(FOREIGN);
  let text = random.pick(SERVICES);
  for (let i = 1; i < words; i++) text += ` ${random.pick(WORDS)}`;
  return text;
}

/** A policy document as the provider stores it: JSON inside a JSON string, keys sorted, no blanks. */
export function policy(random, bytes, resource) {
  const statements = [];
  // Each quote costs one byte more once the document is itself a string.
  for (let length = 60; statements.length === 0 || length < bytes; ) {
    const family = random.pick(FAMILIES);
    const actions = random
      .shuffled(ACTIONS[family])
      .slice(0, random.between(1, 5))
      .map((action) => `${family}:${action}`);
    const statement = JSON.stringify({
      Action: actions,
      ...(random.chance(0.3) ? { Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } } : {}),
      Effect: random.chance(0.95) ? "Allow" : "Deny",
      ...(resource.startsWith("principal:")
        ? { Principal: { Service: resource.slice(10) } }
        : { Resource: [resource, `${resource}/${random.pick(SERVICES)}/*`] }),
      Sid: `${family}${random.hex(6)}`,
    });
    statements.push(statement);
    length += statement.length + 22 + 2 * actions.length;
  }
  return `{"Statement":[${statements.join(",")}],"Version":"2012-10-17"}`;
}

/** Adds tags to `tags` until they are worth `bytes`, and returns how many bytes found no room: AWS allows 50 tags. */
export function addTags(random, tags, bytes, unicode) {
  let spent = 0;
  for (let n = 0; spent < bytes && n < 40; n++) {
    const key = n < TAGS.length ? TAGS[n] : `${TAGS[n % TAGS.length]}${Math.floor(n / TAGS.length)}`;
    tags[key] = random.chance(0.5) ? `${random.pick(SERVICES)}-${random.hex(6)}` : sentence(random, 4, unicode);
    spent += key.length + tags[key].length + 6;
  }
  return Math.max(0, bytes - spent);
}

/** A start script, as plain text. */
export function startScript(random, bytes) {
  let text = "#!/bin/bash\n";
  while (text.length < bytes) {
    text += random.chance(0.3) ? `export ${random.pick(SETTINGS)}="${random.hex(12)}"\n` : `${random.pick(COMMANDS)}\n`;
  }
  return text;
}

export function base64(text) {
  return Buffer.from(text).toString("base64");
}

/** Settings of a process: name to value, names sorted. */
export function settings(random, bytes) {
  const values = {};
  for (let spent = 0, n = 0; n === 0 || spent < bytes; n++) {
    const key = `APP_${String(n).padStart(3, "0")}_${random.pick(SETTINGS)}`;
    values[key] = random.chance(0.4)
      ? `https://${random.pick(SERVICES)}.internal.example.com:8443/v1?tenant=${random.hex(8)}&retry=3`
      : random.hex(20);
    spent += key.length + values[key].length + 6;
  }
  return values;
}

/** The container definitions of an ECS task: JSON inside a JSON string. */
export function containerDefinitions(random, bytes, name) {
  const environment = Object.entries(settings(random, Math.max(0, bytes - 500) * 0.6)).map(([key, value]) => ({
    name: key,
    value,
  }));
  return JSON.stringify([
    {
      command: ["sh", "-c", "exec node server.js 2>&1"],
      cpu: 256,
      environment,
      essential: true,
      image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${name}:${random.hex(7)}`,
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": `/ecs/${name}`, "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "ecs" },
      },
      memory: 512,
      mountPoints: [],
      name,
      portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }],
      volumesFrom: [],
    },
  ]);
}

/** A list of entries, made by `entry(n)`, that is worth `bytes` as JSON; at least one. */
export function listOf(bytes, entry) {
  const list = [];
  for (let spent = 0; list.length === 0 || spent < bytes; ) {
    const next = entry(list.length);
    list.push(next);
    spent += JSON.stringify(next).length + 1;
  }
  return list;
}
