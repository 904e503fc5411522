import { isPlainObject, type PlainObject } from '../../../../api/machinery/json.ts';
import { applyStrategicMergePatch } from '../../../../api/machinery/strategic-merge-patch.ts';
import { parseYaml } from '../../../../api/machinery/yaml.ts';
import { kindSchema } from '../../../../api/schema/definitions.ts';
import type { Container, Pod } from '../../../../api/schema/generated/types.ts';
import { messageOf, UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { changeContainer } from './containers.ts';

/** The partial container of --custom. */
export function readCustomProfile(kubectl: Invocation, file: string): Container | undefined {
  if (!file) return undefined;
  return parsed(file, contentOf(kubectl, file)) as unknown as Container;
}

function contentOf(kubectl: Invocation, file: string): string {
  try {
    return kubectl.readText(file);
  } catch (error) {
    throw new UsageError(`must pass a container spec json file for custom profile: ${messageOf(error)}`);
  }
}

function parsed(file: string, text: string): PlainObject {
  try {
    const value = parseYaml(text);
    if (isPlainObject(value)) return value;
    throw new Error(`error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${typeof value} into Go value of type v1.Container`);
  } catch (error) {
    throw new UsageError(`${file} does not contain a valid container spec: ${messageOf(error)}`);
  }
}

export function checkCustomProfile(custom: Container | undefined): void {
  if (!custom) return;
  if (custom.name || custom.command?.length || custom.image || custom.lifecycle || custom.volumeDevices?.length) {
    throw new UsageError('name, command, image, lifecycle and volume devices are not modifiable via custom profile');
  }
}

export function withCustomProfile(pod: Pod, name: string, custom: Container | undefined): Pod {
  if (!custom) return pod;
  const schema = kindSchema('', 'v1', 'Pod')?.fields?.get('spec')?.fields?.get('containers')?.items;
  return changeContainer(pod, name, (container) => applyStrategicMergePatch({ ...container }, { ...custom, name }, schema) as unknown as Container);
}
