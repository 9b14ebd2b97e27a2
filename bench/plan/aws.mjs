// The resource types a plan is made of. An entry says:
//   layer        how far from the ground it stands: references only go to lower layers, so no circle can arise
//   share        how often it occurs, relative to others of its layer
//   schema       schema_version
//   tagged       has tags and tags_all
//   text         its share of the long texts
//   slots        [attribute, type, attribute of that type, flag]: what it reads from others; `a.b` is the attribute b of the
//                nested block a; `many` takes a list, `forces` would replace the object if the value changed
//   attributes   what others can read from it, as functions of its identity
//   computed     what the provider fills in: unknown while the object does not exist
//   forces       an attribute whose change replaces the object
//   sensitive    attributes that are masked
//   expressions  what the configuration says beside the slots and tags
//   values       all attributes, keys sorted as Terraform writes them; x is what render.mjs hands in
// Only types with a layer of 1 and more depend on something, as in real stacks: network, then cluster, then service.

import { network } from "./aws-network.mjs";
import { dataSources, services } from "./aws-services.mjs";

export const TYPES = { ...network, ...services, ...dataSources };
const MANAGED = Object.keys({ ...network, ...services });
export const LAYERS = [0, 1, 2, 3, 4, 5];
export const ACCOUNT = "123456789012";
export const REGION = "eu-west-1";

/** The types of one layer, each as often as its share: picking one at random then picks by share. */
export const typesOfLayer = LAYERS.map((layer) =>
  MANAGED.filter((type) => TYPES[type].layer === layer).flatMap((type) => Array(TYPES[type].share).fill(type)),
);

const SMALL = new Set([
  "aws_cloudwatch_log_group",
  "aws_route53_zone",
  "aws_ecr_repository",
  "aws_db_subnet_group",
  "aws_route53_record",
]);

/** The types of one layer that take few bytes: rules, attachments, records. Plans that must be small hold more of them. */
export const smallTypesOfLayer = typesOfLayer.map((types) =>
  types.filter((type) => TYPES[type].text === 0 || SMALL.has(type)),
);

/** Bytes of an object in the whole file without any long text, for the usual mix and for small types alone; measured. */
export const BARE_SIZE = { usual: 5400, small: 3000 };

/** `a` or, for a nested attribute `a.b`, `a`: the key under which the value stands. */
export const outermost = (attribute) => attribute.split(".", 1)[0];
