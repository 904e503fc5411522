/** What kube-controller-manager is told by its flags. */
export interface ControllerSettings {
  /** PEM of the cluster's CA, published to every namespace; nothing is published without one. */
  readonly rootCa?: string;
  /** Signs a PEM certificate request with the cluster's CA; requests stay approved and unsigned without one. */
  readonly signCertificate?: (request: SigningRequest) => string;
  /** Pod addresses of the cluster; each node gets a part of it. None are given out without one. */
  readonly clusterCidr?: string;
  readonly nodeCidrMaskSize?: number;
  /** Deletes a folder of a node; volumes are provisioned on nodes only with one. */
  readonly removeFolder?: (node: string, path: string) => void;
}

export interface SigningRequest {
  /** PEM of the PKCS#10 request. */
  readonly csr: string;
  readonly signerName: string;
  readonly usages: readonly string[];
  readonly notBefore: number;
  readonly notAfter: number;
}
