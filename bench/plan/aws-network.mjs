// Resource types of the aws provider (5.x): networks, machines and load balancers. How to read an entry: see aws.mjs.

import { base64, listOf, sentence, startScript } from "./text.mjs";

const zone = (x) => `${x.region}${"abc"[x.draw % 3]}`;
const cidr = (x) => `10.${x.draw % 250}.${(x.draw >> 8) % 250}.0/24`;

const rule = (random) => ({
  cidr_blocks: [`10.${random.between(0, 255)}.${random.between(0, 255)}.0/24`],
  description: sentence(random, 6),
  from_port: random.between(1, 65000),
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  protocol: "tcp",
  security_groups: [],
  self: false,
  to_port: random.between(1, 65000),
});

// biome-ignore format: a table; one property a line would make it five times as long.
export const network = {
  aws_vpc: {
    layer: 0, share: 2, schema: 1, tagged: true, text: 1,
    attributes: { id: (n) => `vpc-${n.hex}`, arn: (n) => `arn:aws:ec2:${n.region}:${n.account}:vpc/vpc-${n.hex}` },
    computed: ['arn', 'default_network_acl_id', 'default_route_table_id', 'default_security_group_id', 'dhcp_options_id', 'id', 'main_route_table_id', 'owner_id'],
    forces: 'cidr_block', expressions: { cidr_block: { references: ['var.cidr_block'] }, enable_dns_hostnames: { constant_value: true } },
    values: (x) => ({
      arn: x.arn, assign_generated_ipv6_cidr_block: false, cidr_block: `10.${x.draw % 250}.0.0/16`, default_network_acl_id: `acl-${x.hex}`,
      default_route_table_id: `rtb-${x.hex}`, default_security_group_id: `sg-${x.hex}`, dhcp_options_id: 'dopt-0f1e2d3c4b5a69788',
      enable_dns_hostnames: true, enable_dns_support: true, enable_network_address_usage_metrics: false, id: x.id, instance_tenancy: 'default',
      ipv4_ipam_pool_id: null, ipv4_netmask_length: null, ipv6_association_id: '', ipv6_cidr_block: '', ipv6_cidr_block_network_border_group: '',
      ipv6_ipam_pool_id: '', ipv6_netmask_length: 0, main_route_table_id: `rtb-${x.hex}`, owner_id: x.account, tags: x.tags, tags_all: x.tags,
    }),
  },
  aws_subnet: {
    layer: 1, share: 6, schema: 1, tagged: true, text: 1, slots: [['vpc_id', 'aws_vpc', 'id', 'forces']],
    attributes: { id: (n) => `subnet-${n.hex}`, arn: (n) => `arn:aws:ec2:${n.region}:${n.account}:subnet/subnet-${n.hex}` },
    computed: ['arn', 'availability_zone_id', 'id', 'ipv6_cidr_block_association_id', 'owner_id'],
    forces: 'cidr_block', expressions: { availability_zone: { references: ['var.availability_zones'] }, cidr_block: { references: ['var.cidr_block'] } },
    values: (x) => ({
      arn: x.arn, assign_ipv6_address_on_creation: false, availability_zone: zone(x), availability_zone_id: `euw1-az${(x.draw % 3) + 1}`, cidr_block: cidr(x),
      customer_owned_ipv4_pool: '', enable_dns64: false, enable_lni_at_device_index: 0, enable_resource_name_dns_a_record_on_launch: false,
      enable_resource_name_dns_aaaa_record_on_launch: false, id: x.id, ipv6_cidr_block: '', ipv6_cidr_block_association_id: '', ipv6_native: false,
      map_customer_owned_ip_on_launch: false, map_public_ip_on_launch: false, outpost_arn: '', owner_id: x.account,
      private_dns_hostname_type_on_launch: 'ip-name', tags: x.tags, tags_all: x.tags, timeouts: null, vpc_id: x.ref('vpc_id'),
    }),
  },
  aws_security_group: {
    layer: 1, share: 6, schema: 1, tagged: true, text: 4, slots: [['vpc_id', 'aws_vpc', 'id', 'forces']],
    attributes: { id: (n) => `sg-${n.hex}`, arn: (n) => `arn:aws:ec2:${n.region}:${n.account}:security-group/sg-${n.hex}` },
    computed: ['arn', 'id', 'owner_id'], forces: 'name', expressions: { name: { references: ['local.name'] }, description: { constant_value: 'Managed by Terraform' } },
    values: (x) => ({
      arn: x.arn, description: 'Managed by Terraform',
      egress: [{ cidr_blocks: ['0.0.0.0/0'], description: '', from_port: 0, ipv6_cidr_blocks: [], prefix_list_ids: [], protocol: '-1', security_groups: [], self: false, to_port: 0 }],
      id: x.id, ingress: listOf(x.bytes, () => rule(x.random)), name: x.name, name_prefix: '', owner_id: x.account, revoke_rules_on_delete: false,
      tags: x.tags, tags_all: x.tags, timeouts: null, vpc_id: x.ref('vpc_id'),
    }),
  },
  aws_route_table: {
    layer: 1, share: 3, schema: 0, tagged: true, text: 2, slots: [['vpc_id', 'aws_vpc', 'id', 'forces']],
    attributes: { id: (n) => `rtb-${n.hex}`, arn: (n) => `arn:aws:ec2:${n.region}:${n.account}:route-table/rtb-${n.hex}` },
    computed: ['arn', 'id', 'owner_id', 'propagating_vgws'], forces: 'vpc_id', expressions: {},
    values: (x) => ({
      arn: x.arn, id: x.id, owner_id: x.account, propagating_vgws: [],
      route: listOf(x.bytes, (n) => ({
        carrier_gateway_id: '', cidr_block: n === 0 ? '0.0.0.0/0' : `10.${x.random.between(0, 255)}.0.0/16`, core_network_arn: '',
        destination_prefix_list_id: '', egress_only_gateway_id: '', gateway_id: '', ipv6_cidr_block: '', local_gateway_id: '',
        nat_gateway_id: n === 0 ? `nat-${x.hex}` : '', network_interface_id: '', transit_gateway_id: n === 0 ? '' : `tgw-${x.random.hex(17)}`,
        vpc_endpoint_id: '', vpc_peering_connection_id: '',
      })),
      tags: x.tags, tags_all: x.tags, timeouts: null, vpc_id: x.ref('vpc_id'),
    }),
  },
  aws_security_group_rule: {
    layer: 2, share: 14, schema: 2, tagged: false, text: 0,
    slots: [['security_group_id', 'aws_security_group', 'id', 'forces'], ['source_security_group_id', 'aws_security_group', 'id', 'forces']],
    attributes: { id: (n) => `sgrule-${parseInt(n.hex.slice(0, 8), 16)}` },
    computed: ['id', 'security_group_rule_id'], forces: 'from_port', expressions: { type: { constant_value: 'ingress' }, protocol: { constant_value: 'tcp' } },
    values: (x) => ({
      cidr_blocks: null, description: sentence(x.random), from_port: 443 + (x.draw % 9000), id: x.id, ipv6_cidr_blocks: null, prefix_list_ids: [], protocol: 'tcp',
      security_group_id: x.ref('security_group_id'), security_group_rule_id: `sgr-${x.hex}`, self: false,
      source_security_group_id: x.ref('source_security_group_id'), timeouts: null, to_port: 443 + (x.draw % 9000), type: 'ingress',
    }),
  },
  aws_route_table_association: {
    layer: 2, share: 6, schema: 0, tagged: false, text: 0, slots: [['route_table_id', 'aws_route_table', 'id'], ['subnet_id', 'aws_subnet', 'id', 'forces']],
    attributes: { id: (n) => `rtbassoc-${n.hex}` }, computed: ['id'], forces: 'subnet_id', expressions: {},
    values: (x) => ({ gateway_id: '', id: x.id, route_table_id: x.ref('route_table_id'), subnet_id: x.ref('subnet_id'), timeouts: null }),
  },
  aws_lb: {
    layer: 2, share: 3, schema: 0, tagged: true, text: 1,
    slots: [['security_groups', 'aws_security_group', 'id', 'many'], ['subnets', 'aws_subnet', 'id', 'many']],
    attributes: {
      id: (n) => `arn:aws:elasticloadbalancing:${n.region}:${n.account}:loadbalancer/app/${n.name}/${n.hex.slice(0, 16)}`,
      arn: (n) => `arn:aws:elasticloadbalancing:${n.region}:${n.account}:loadbalancer/app/${n.name}/${n.hex.slice(0, 16)}`,
      dns_name: (n) => `${n.name}-${n.hex.slice(0, 10)}.${n.region}.elb.amazonaws.com`,
    },
    computed: ['arn', 'arn_suffix', 'dns_name', 'id', 'vpc_id', 'zone_id'], forces: 'name',
    expressions: { internal: { constant_value: true }, load_balancer_type: { constant_value: 'application' }, name: { references: ['local.name'] } },
    values: (x) => ({
      access_logs: [{ bucket: '', enabled: false, prefix: '' }], arn: x.arn, arn_suffix: x.arn.slice(x.arn.indexOf('app/')), client_keep_alive: 3600,
      connection_logs: [{ bucket: '', enabled: false, prefix: '' }], customer_owned_ipv4_pool: '', desync_mitigation_mode: 'defensive', dns_name: x.attribute('dns_name'),
      dns_record_client_routing_policy: null, drop_invalid_header_fields: false, enable_cross_zone_load_balancing: true, enable_deletion_protection: x.draw % 2 === 0,
      enable_http2: true, enable_tls_version_and_cipher_suite_headers: false, enable_waf_fail_open: false, enable_xff_client_port: false, id: x.id, idle_timeout: 60,
      internal: true, ip_address_type: 'ipv4', load_balancer_type: 'application', name: x.name, name_prefix: '', preserve_host_header: false,
      security_groups: x.ref('security_groups'), subnets: x.ref('subnets'), tags: x.tags, tags_all: x.tags, timeouts: null, vpc_id: `vpc-${x.hex}`,
      xff_header_processing_mode: 'append', zone_id: 'Z32O12XQLNTSW2',
    }),
  },
  aws_lb_target_group: {
    layer: 2, share: 4, schema: 0, tagged: true, text: 1, slots: [['vpc_id', 'aws_vpc', 'id', 'forces']],
    attributes: {
      id: (n) => `arn:aws:elasticloadbalancing:${n.region}:${n.account}:targetgroup/${n.name}/${n.hex.slice(0, 16)}`,
      arn: (n) => `arn:aws:elasticloadbalancing:${n.region}:${n.account}:targetgroup/${n.name}/${n.hex.slice(0, 16)}`,
    },
    computed: ['arn', 'arn_suffix', 'id', 'load_balancer_arns'], forces: 'port',
    expressions: { port: { constant_value: 8080 }, protocol: { constant_value: 'HTTP' }, health_check: [{ path: { constant_value: '/healthz' }, matcher: { constant_value: '200-399' } }] },
    values: (x) => ({
      arn: x.arn, arn_suffix: x.arn.slice(x.arn.indexOf('targetgroup/')), connection_termination: null, deregistration_delay: '300',
      health_check: [{ enabled: true, healthy_threshold: 3, interval: 30, matcher: '200-399', path: '/healthz', port: 'traffic-port', protocol: 'HTTP', timeout: 5, unhealthy_threshold: 3 }],
      id: x.id, ip_address_type: 'ipv4', lambda_multi_value_headers_enabled: false, load_balancer_arns: [], load_balancing_algorithm_type: 'round_robin',
      load_balancing_anomaly_mitigation: 'off', load_balancing_cross_zone_enabled: 'use_load_balancer_configuration', name: x.name, name_prefix: '', port: 8080,
      preserve_client_ip: null, protocol: 'HTTP', protocol_version: 'HTTP1', proxy_protocol_v2: false, slow_start: 0,
      stickiness: [{ cookie_duration: 86400, cookie_name: '', enabled: false, type: 'lb_cookie' }], tags: x.tags, tags_all: x.tags,
      target_failover: [{ on_deregistration: null, on_unhealthy: null }], target_type: 'ip', vpc_id: x.ref('vpc_id'),
    }),
  },
  aws_launch_template: {
    layer: 2, share: 2, schema: 0, tagged: true, text: 5, slots: [['vpc_security_group_ids', 'aws_security_group', 'id', 'many']],
    attributes: { id: (n) => `lt-${n.hex}`, arn: (n) => `arn:aws:ec2:${n.region}:${n.account}:launch-template/lt-${n.hex}` },
    computed: ['arn', 'default_version', 'id', 'latest_version'], forces: 'name',
    expressions: { image_id: { references: ['var.image_id'] }, instance_type: { references: ['var.instance_type'] }, user_data: { references: ['path.module', 'local.name'] } },
    values: (x) => ({
      arn: x.arn, block_device_mappings: [], capacity_reservation_specification: [], cpu_options: [], credit_specification: [], default_version: 1,
      description: sentence(x.random), disable_api_stop: false, disable_api_termination: false, ebs_optimized: '', iam_instance_profile: [], id: x.id, image_id: `ami-${x.hex}`,
      instance_type: 'm6i.large', kernel_id: '', key_name: '', latest_version: 3, license_specification: [],
      metadata_options: [{ http_endpoint: 'enabled', http_protocol_ipv6: '', http_put_response_hop_limit: 2, http_tokens: 'required', instance_metadata_tags: '' }],
      monitoring: [{ enabled: true }], name: x.name, name_prefix: '', network_interfaces: [], placement: [], ram_disk_id: '', security_group_names: [],
      tag_specifications: [{ resource_type: 'instance', tags: x.tags }], tags: x.tags, tags_all: x.tags, update_default_version: null,
      user_data: base64(startScript(x.random, x.bytes * 0.75)), vpc_security_group_ids: x.ref('vpc_security_group_ids'),
    }),
  },
  aws_instance: {
    layer: 3, share: 4, schema: 1, tagged: true, text: 4,
    slots: [['subnet_id', 'aws_subnet', 'id', 'forces'], ['vpc_security_group_ids', 'aws_security_group', 'id', 'many']],
    attributes: { id: (n) => `i-${n.hex}`, arn: (n) => `arn:aws:ec2:${n.region}:${n.account}:instance/i-${n.hex}` },
    computed: ['arn', 'id', 'instance_state', 'primary_network_interface_id', 'private_dns', 'private_ip'], forces: 'ami',
    expressions: { ami: { references: ['var.image_id'] }, instance_type: { constant_value: 't3.large' }, user_data_base64: { references: ['path.module'] } },
    values: (x) => ({
      ami: `ami-${x.hex}`, arn: x.arn, associate_public_ip_address: false, availability_zone: zone(x),
      capacity_reservation_specification: [{ capacity_reservation_preference: 'open', capacity_reservation_target: [] }], cpu_core_count: 1, cpu_threads_per_core: 2,
      credit_specification: [{ cpu_credits: 'unlimited' }], disable_api_stop: false, disable_api_termination: false, ebs_block_device: [], ebs_optimized: false,
      enclave_options: [{ enabled: false }], ephemeral_block_device: [], get_password_data: false, hibernation: false, iam_instance_profile: '', id: x.id,
      instance_initiated_shutdown_behavior: 'stop', instance_state: 'running', instance_type: 't3.large', ipv6_address_count: 0, ipv6_addresses: [], key_name: 'ops',
      launch_template: [], maintenance_options: [{ auto_recovery: 'default' }],
      metadata_options: [{ http_endpoint: 'enabled', http_protocol_ipv6: 'disabled', http_put_response_hop_limit: 1, http_tokens: 'required', instance_metadata_tags: 'disabled' }],
      monitoring: false, network_interface: [], placement_group: '', primary_network_interface_id: `eni-${x.hex}`, private_dns: `ip-10-0-${x.draw % 250}-17.${x.region}.compute.internal`,
      private_ip: `10.0.${x.draw % 250}.17`,
      root_block_device: [{ delete_on_termination: true, device_name: '/dev/xvda', encrypted: true, iops: 3000, tags: {}, tags_all: {}, throughput: 125, volume_id: `vol-${x.hex}`, volume_size: 40, volume_type: 'gp3' }],
      secondary_private_ips: [], security_groups: [], source_dest_check: true, subnet_id: x.ref('subnet_id'), tags: x.tags, tags_all: x.tags, tenancy: 'default', timeouts: null,
      user_data: null, user_data_base64: base64(startScript(x.random, x.bytes * 0.75)), user_data_replace_on_change: false, volume_tags: null,
      vpc_security_group_ids: x.ref('vpc_security_group_ids'),
    }),
  },
  aws_lb_listener: {
    layer: 3, share: 3, schema: 0, tagged: true, text: 1,
    slots: [['load_balancer_arn', 'aws_lb', 'arn', 'forces'], ['default_action.target_group_arn', 'aws_lb_target_group', 'arn']],
    attributes: { id: (n) => `arn:aws:elasticloadbalancing:${n.region}:${n.account}:listener/app/${n.name}/${n.hex.slice(0, 16)}`, arn: (n) => `arn:aws:elasticloadbalancing:${n.region}:${n.account}:listener/app/${n.name}/${n.hex.slice(0, 16)}` },
    computed: ['arn', 'id'], forces: 'load_balancer_arn', expressions: { port: { constant_value: '443' }, protocol: { constant_value: 'HTTPS' } },
    values: (x) => ({
      alpn_policy: null, arn: x.arn, certificate_arn: `arn:aws:acm:${x.region}:${x.account}:certificate/${x.hex}`,
      default_action: [{ authenticate_cognito: [], authenticate_oidc: [], fixed_response: [], forward: [], order: 1, redirect: [], target_group_arn: x.ref('default_action.target_group_arn'), type: 'forward' }],
      id: x.id, load_balancer_arn: x.ref('load_balancer_arn'), mutual_authentication: [], port: 443, protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      tags: x.tags, tags_all: x.tags, tcp_idle_timeout_seconds: null, timeouts: null,
    }),
  },
  aws_autoscaling_group: {
    layer: 3, share: 2, schema: 1, tagged: false, text: 3,
    slots: [['launch_template.id', 'aws_launch_template', 'id'], ['target_group_arns', 'aws_lb_target_group', 'arn', 'many'], ['vpc_zone_identifier', 'aws_subnet', 'id', 'many']],
    attributes: { id: (n) => n.name, name: (n) => n.name, arn: (n) => `arn:aws:autoscaling:${n.region}:${n.account}:autoScalingGroup:${n.hex}:autoScalingGroupName/${n.name}` },
    computed: ['arn', 'id'], forces: 'name', expressions: { max_size: { references: ['var.max_size'] }, min_size: { constant_value: 2 } },
    values: (x) => ({
      arn: x.arn, availability_zones: [], capacity_rebalance: false, context: '', default_cooldown: 300, default_instance_warmup: 0, desired_capacity: 2, enabled_metrics: [],
      force_delete: false, health_check_grace_period: 300, health_check_type: 'ELB', id: x.id, initial_lifecycle_hook: [],
      launch_template: [{ id: x.ref('launch_template.id'), name: x.name, version: '$Latest' }], load_balancers: [], max_instance_lifetime: 0, max_size: 6,
      metrics_granularity: '1Minute', min_size: 2, mixed_instances_policy: [], name: x.name, placement_group: '', protect_from_scale_in: false,
      service_linked_role_arn: `arn:aws:iam::${x.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`, suspended_processes: [],
      tag: listOf(x.bytes, (n) => ({ key: n === 0 ? 'Name' : `${x.random.pick(['Owner', 'Tier', 'Schedule', 'Domain'])}${n}`, propagate_at_launch: true, value: sentence(x.random, 5) })),
      target_group_arns: x.ref('target_group_arns'), termination_policies: [], timeouts: null, vpc_zone_identifier: x.ref('vpc_zone_identifier'), wait_for_capacity_timeout: '10m',
    }),
  },
  aws_lb_target_group_attachment: {
    layer: 4, share: 9, schema: 0, tagged: false, text: 0, slots: [['target_group_arn', 'aws_lb_target_group', 'arn', 'forces'], ['target_id', 'aws_instance', 'id', 'forces']],
    attributes: { id: (n) => `${n.name}-${n.hex.slice(0, 12)}` }, computed: ['id'], forces: 'target_id', expressions: { port: { constant_value: 8080 } },
    values: (x) => ({ availability_zone: null, id: x.id, port: 8080, target_group_arn: x.ref('target_group_arn'), target_id: x.ref('target_id') }),
  },
  aws_lb_listener_rule: {
    layer: 4, share: 4, schema: 0, tagged: true, text: 2,
    slots: [['listener_arn', 'aws_lb_listener', 'arn', 'forces'], ['action.target_group_arn', 'aws_lb_target_group', 'arn']],
    attributes: { id: (n) => `arn:aws:elasticloadbalancing:${n.region}:${n.account}:listener-rule/app/${n.name}/${n.hex.slice(0, 16)}`, arn: (n) => `arn:aws:elasticloadbalancing:${n.region}:${n.account}:listener-rule/app/${n.name}/${n.hex.slice(0, 16)}` },
    computed: ['arn', 'id'], forces: 'listener_arn', expressions: { condition: [{ host_header: [{ values: { references: ['var.hosts'] } }] }] },
    values: (x) => ({
      action: [{ authenticate_cognito: [], authenticate_oidc: [], fixed_response: [], forward: [], order: 1, redirect: [], target_group_arn: x.ref('action.target_group_arn'), type: 'forward' }],
      arn: x.arn,
      condition: listOf(x.bytes, () => ({ host_header: [], http_header: [], http_request_method: [], path_pattern: [{ values: [`/${x.random.hex(4)}/*`, `/v1/${x.random.hex(6)}?a=1&b=*`] }], query_string: [], source_ip: [] })),
      id: x.id, listener_arn: x.ref('listener_arn'), priority: x.draw % 50000, tags: x.tags, tags_all: x.tags,
    }),
  },
};
